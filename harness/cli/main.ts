#!/usr/bin/env node
/**
 * The command line: the composition root. Each command is one file, imported only when it is called, so that
 * start-up stays small. Exit codes: 0 nothing failed, 1 a failure, 2 usage or configuration, 3 error, 130 interrupted.
 */
import { Command, CommanderError } from 'commander'
import { HarnessError } from '../model/errors.ts'
import { HARNESS_ERROR, INTERRUPTED, USAGE_ERROR } from './exit-codes.ts'
import { addIssue } from './issue.ts'
import { addList } from './list.ts'
import { addReport } from './report.ts'
import { addRun } from './run.ts'
import { addServe } from './serve.ts'
import { flushed, survivePipes } from './standard-streams.ts'
import { tellError } from './tell-error.ts'
import { version } from './version.ts'

survivePipes()

const program = new Command('countersign')
  .description('A protocol-level TLS handshake test harness for client certificates (mutual TLS)')
  .version(version(), '--version', 'print the version')
  .showHelpAfterError('(countersign --help shows every command)')
  .exitOverride()

for (const add of [addRun, addServe, addList, addIssue, addReport]) add(program)

try {
  await program.parseAsync()
} catch (thrown) {
  process.exitCode = exitCodeFor(thrown)
}

// An interrupted start may still be waiting for an engine that builds an image: nobody waits for that.
if (process.exitCode === INTERRUPTED) {
  await flushed()
  process.exit()
}

function exitCodeFor(thrown: unknown): number {
  // commander has said what is wrong already; help and --version end with 0.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : USAGE_ERROR
  tellError(thrown)
  return thrown instanceof HarnessError ? USAGE_ERROR : HARNESS_ERROR
}
