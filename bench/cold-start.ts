/**
 * How long a person waits: from starting `countersign run` in a new process to the first verdict in its run log, beside
 * `node -e 0`, which does nothing. Includes loading the program, issuing the certificates and starting the servers.
 */
import { join } from 'node:path'
import { HarnessError } from '../harness/model/errors.ts'
import { startGroup, type Command } from '../harness/process/process-group.ts'
import { followLog } from '../harness/process/log-follower.ts'
import { packageRoot } from '../harness/process/package-root.ts'
import { makeScratch } from '../harness/process/scratch.ts'

export interface ColdStart {
  readonly emptyMs: number
  readonly firstVerdictMs: number
}

const TIMEOUT_MS = 30_000
const VERDICT = /"type":"cell".*"outcome":"(?:pass|fail|deviation|error)"/

export async function coldStart(): Promise<ColdStart> {
  return { emptyMs: await emptyMs(), firstVerdictMs: await firstVerdictMs() }
}

async function emptyMs(): Promise<number> {
  const startedAt = performance.now()
  const { exited } = await start({ command: process.execPath, args: ['-e', '0'] })
  await exited
  return performance.now() - startedAt
}

/** @throws HarnessError ERR_BENCH_COLD_START when there is none. */
async function firstVerdictMs(): Promise<number> {
  const output = (await makeScratch('bench-cold-start')).path
  await using log = followLog(join(output, 'run.ndjson'))
  const main = join(packageRoot(), 'dist', 'harness', 'cli', 'main.js')
  const startedAt = performance.now()
  const { exited } = await start({ command: process.execPath, args: [main, 'run', '--output', output] })
  const line = await log.find((text) => VERDICT.test(text), AbortSignal.timeout(TIMEOUT_MS))
  const ms = performance.now() - startedAt
  await exited
  if (line === null)
    throw new HarnessError('ERR_BENCH_COLD_START', `no verdict within ${TIMEOUT_MS} ms`, { where: main })
  return ms
}

/** Its output is read and dropped. */
function start(command: Command) {
  return startGroup(command, 'ignore', ({ stdout, stderr }) => {
    stdout?.resume()
    stderr?.resume()
  })
}
