#!/usr/bin/env node
/**
 * The command line: the composition root. Each command is one file, imported only when it is called, so that
 * start-up stays small. Exit codes: 0 nothing failed, 1 a failure, 2 usage or configuration, 3 error, 130 interrupted.
 */
import { Command, CommanderError } from 'commander'
import { HarnessError, messageOf } from '../model/errors.ts'
import { addIssue } from './issue.ts'
import { addList } from './list.ts'
import { addReport } from './report.ts'
import { addRun } from './run.ts'
import { version } from './version.ts'

const USAGE_ERROR = 2
const HARNESS_ERROR = 3

const program = new Command('countersign')
  .description('A protocol-level TLS handshake test harness for client certificates (mutual TLS)')
  .version(version(), '--version', 'print the version')
  .showHelpAfterError('(countersign --help shows every command)')
  .exitOverride()

for (const add of [addRun, addList, addIssue, addReport]) add(program)

try {
  await program.parseAsync()
} catch (thrown) {
  process.exitCode = exitCodeFor(thrown)
}

function exitCodeFor(thrown: unknown): number {
  // commander has said what is wrong already; help and --version end with 0.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : USAGE_ERROR
  if (thrown instanceof HarnessError) {
    const { message, where, hint, code } = thrown
    process.stderr.write(`countersign: ${message} [${code}]\n`)
    if (where !== null) process.stderr.write(`  where: ${where}\n`)
    if (hint !== null) process.stderr.write(`  hint:  ${hint}\n`)
    return USAGE_ERROR
  }
  process.stderr.write(`countersign: internal error: ${messageOf(thrown)}\n`)
  if (thrown instanceof Error && thrown.stack) process.stderr.write(`${thrown.stack}\n`)
  return HARNESS_ERROR
}
