/**
 * The main figure: the same cells by the bare client and by the full runner, turn by turn, so that whatever else the
 * machine does meets both. A round in which a verdict is not what the tables say, or in which the two clients did not
 * get the same answers, is no measurement: it throws.
 */
import { HarnessError } from '../harness/model/errors.ts'
import type { CellFinished } from '../harness/model/event.ts'
import type { Pki } from '../harness/model/identity.ts'
import { makeScratch } from '../harness/process/scratch.ts'
import { bareAnswers, type BareAnswer } from './bare-client.ts'
import type { RunningServers } from './embedded-servers.ts'
import { fullRun } from './full-run.ts'
import type { Workload } from './workload.ts'

export interface SideBySideOptions {
  readonly running: RunningServers
  readonly workload: Workload
  readonly pki: Pki
  readonly concurrency: number
  readonly rounds: number
}

export interface Round {
  readonly bare: Cost
  /** The bare client without a check of the server's certificate. */
  readonly unchecked: Cost
  readonly ours: Cost
}

export interface Cost {
  readonly ms: number
  /** Of the whole process, its threads and its embedded servers included. */
  readonly cpuMs: number
}

/** Until the compiler has seen the code of all three: after one round ours still gets faster, bare hardly does. */
export const WARM_UP_ROUNDS = 3

/** How long the log lines of the bare client may take, once it is done. */
const DRAIN_MS = 2000

/** @throws HarnessError ERR_BENCH_VERDICT or ERR_BENCH_ANSWERS. */
export async function sideBySide(options: SideBySideOptions): Promise<readonly Round[]> {
  for (let warmed = 0; warmed < WARM_UP_ROUNDS; warmed++) await round(options)
  const rounds: Round[] = []
  while (rounds.length < options.rounds) rounds.push(await round(options))
  return rounds
}

async function round({ running, workload, pki, concurrency }: SideBySideOptions): Promise<Round> {
  const { cells } = workload
  const bareTurn = async (checksServer: boolean) => {
    const turn = await timed(() => bareAnswers({ cells, pki, running, concurrency, checksServer }))
    await drainLogs(running, turn.result)
    return turn
  }
  const bare = await bareTurn(true)
  const unchecked = await bareTurn(false)
  // Removed when the process ends: some file systems are slow to create files where others were just deleted.
  const output = (await makeScratch('bench-output')).path
  const ours = await timed(() => fullRun({ servers: running.borrowed, workload, pki, concurrency, output }))
  checkVerdicts(ours.result, cells.length)
  for (const { result } of [bare, unchecked]) checkSameAnswers(result, ours.result)
  return { bare: bare.cost, unchecked: unchecked.cost, ours: ours.cost }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly cost: Cost; readonly result: T }> {
  const startedAt = performance.now()
  const usedBefore = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(usedBefore)
  return { cost: { ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 }, result }
}

/** Off the clock: the next round must find the servers as this one did. */
async function drainLogs(running: RunningServers, answers: readonly BareAnswer[]): Promise<void> {
  const signal = AbortSignal.timeout(DRAIN_MS)
  await Promise.all(
    answers.map(({ cell, connection }) => running.started(cell.server).serverLog(connection, signal)),
  )
}

function checkVerdicts(results: readonly CellFinished[], expectedCount: number): void {
  const wrong = results.find(({ outcome }) => outcome !== 'pass' && outcome !== 'deviation')
  if (wrong === undefined && results.length === expectedCount) return
  throw new HarnessError(
    'ERR_BENCH_VERDICT',
    wrong === undefined
      ? `expected ${expectedCount} verdicts, found ${results.length}`
      : `expected a pass or a listed deviation, found ${wrong.outcome}: ${wrong.reason ?? ''}`,
    { ...(wrong === undefined ? {} : { where: wrong.id }), hint: 'make countersign run pass first' },
  )
}

function checkSameAnswers(answers: readonly BareAnswer[], results: readonly CellFinished[]): void {
  const statuses = new Map(results.map(({ id, observed }) => [id, observed?.http?.status ?? null]))
  const other = answers.find(({ cell, status }) => status !== statuses.get(cell.id))
  if (other === undefined) return
  const seen = `the bare client saw ${other.status ?? 'no answer'}, the runner ${statuses.get(other.cell.id) ?? 'no answer'}`
  throw new HarnessError('ERR_BENCH_ANSWERS', `expected the same answer, but ${seen}`, {
    where: other.cell.id,
  })
}
