/**
 * `npm run bench`: what evidence costs over a bare TLS client. A benchmark, not a test: it fails only when what it
 * measures is broken, never for being slow. What is compared with what is said in README.md.
 */
import { parseArgs } from 'node:util'
import { freshPki, openPki } from '../harness/cli/pki.ts'
import { NOBODY_SERVES } from '../harness/model/crl-location.ts'
import { HarnessError } from '../harness/model/errors.ts'
import { cleanUp } from '../harness/process/cleanup.ts'
import { coldStart } from './cold-start.ts'
import { startEmbeddedServers } from './embedded-servers.ts'
import { describeMachine } from './machine.ts'
import { resultText, type BenchResult } from './result.ts'
import { sClientLoop } from './s-client-loop.ts'
import { sideBySide } from './side-by-side.ts'
import { spreadOf } from './statistics.ts'
import { workload } from './workload.ts'

const CELLS = 300
/** As `countersign run` without flags. */
const CONCURRENCY = 8
const S_CLIENT_SAMPLE = 30
/** Cold starts, and issued sets of certificates. */
const REPEATS = 5

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '11' } },
})

const result = await bench(roundsOf(flags.rounds)).finally(cleanUp)
process.stdout.write(flags.json ? `${JSON.stringify(result, null, 2)}\n` : resultText(result))

async function bench(rounds: number): Promise<BenchResult> {
  const machine = await describeMachine()
  const pkiTimes = await repeated(timeOf(() => freshPki(NOBODY_SERVES)))
  const coldStarts = await repeated(coldStart)

  // With a distribution point: the IIS model asks for CRLs.
  await using certificates = await openPki(undefined, { keepFolder: false })
  const { pki } = certificates
  await using running = await startEmbeddedServers(pki)
  const work = workload(running.borrowed, CELLS)
  const turns = await sideBySide({ running, workload: work, pki, concurrency: CONCURRENCY, rounds })
  const sClient = await sClientLoop(work.cells, S_CLIENT_SAMPLE, pki, running)

  const oursMs = spreadOf(turns.map(({ ours }) => ours.ms))
  const emptyProcessMs = spreadOf(coldStarts.map(({ emptyMs }) => emptyMs))
  const firstVerdictMs = spreadOf(coldStarts.map((each) => each.firstVerdictMs))
  return {
    machine,
    cells: CELLS,
    concurrency: CONCURRENCY,
    rounds,
    ratioToBare: spreadOf(turns.map(({ ours, bare }) => ours.ms / bare.ms)),
    cpuRatioToBare: spreadOf(turns.map(({ ours, bare }) => ours.cpuMs / bare.cpuMs)),
    ratioToUnchecked: spreadOf(turns.map(({ ours, unchecked }) => ours.ms / unchecked.ms)),
    uncheckedMs: spreadOf(turns.map(({ unchecked }) => unchecked.ms)),
    bareMs: spreadOf(turns.map(({ bare }) => bare.ms)),
    oursMs,
    sClient,
    ratioToSClient: sClient.available ? oursMs.median / CELLS / (sClient.ms / sClient.connections) : null,
    emptyProcessMs,
    firstVerdictMs,
    ratioToEmptyProcess: firstVerdictMs.median / emptyProcessMs.median,
    pkiMs: spreadOf(pkiTimes),
  }
}

function roundsOf(text: string): number {
  const rounds = Number(text)
  if (Number.isInteger(rounds) && rounds > 0) return rounds
  throw new HarnessError('ERR_OPTION', `expected a positive whole number, found '${text}'`, {
    where: '--rounds',
  })
}

/** One after the other. */
async function repeated<T>(measure: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = []
  while (results.length < REPEATS) results.push(await measure())
  return results
}

function timeOf(work: () => Promise<unknown>): () => Promise<number> {
  return async () => {
    const startedAt = performance.now()
    await work()
    return performance.now() - startedAt
  }
}
