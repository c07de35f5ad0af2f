/**
 * The other yardstick: what one would do without a harness, a shell loop that starts `openssl s_client` once for each
 * connection, one after the other. It is slow, so it runs over a sample, spread evenly over the cells.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../harness/model/errors.ts'
import type { Identity, Pki } from '../harness/model/identity.ts'
import { findProgram } from '../harness/process/program.ts'
import { runProgram } from '../harness/process/run-program.ts'
import { makeScratch, type Scratch } from '../harness/process/scratch.ts'
import type { Cell } from '../harness/runner/matrix.ts'
import { bareAnswers } from './bare-client.ts'
import type { RunningServers } from './embedded-servers.ts'

export type SClientLoop =
  | { readonly available: true; readonly connections: number; readonly ms: number }
  | { readonly available: false; readonly reason: string }

const TIMEOUT_MS = 120_000

/** @throws HarnessError ERR_BENCH_S_CLIENT when the loop did not come to its end, or got other answers. */
export async function sClientLoop(
  cells: readonly Cell[],
  sampleSize: number,
  pki: Pki,
  running: RunningServers,
): Promise<SClientLoop> {
  const openssl = await findProgram('openssl')
  if (openssl === null) return { available: false, reason: 'openssl was not found on PATH' }
  const scratch = await makeScratch('bench-s-client')
  await writeIdentities(scratch, pki)
  const sample = Array.from(
    { length: Math.min(sampleSize, cells.length) },
    (_, at) => cells[Math.floor((at * cells.length) / sampleSize)],
  ).filter((cell) => cell !== undefined)
  await scratch.write('loop.sh', sample.map((cell, at) => commandLine(cell, at, pki, running)).join(''))

  const startedAt = performance.now()
  const { aborted, stderr } = await runProgram({
    command: 'sh',
    args: ['loop.sh'],
    cwd: scratch.path,
    env: { OPENSSL: openssl },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (aborted) {
    throw new HarnessError(
      'ERR_BENCH_S_CLIENT',
      `the loop took longer than ${TIMEOUT_MS} ms: ${stderr.slice(-200)}`,
    )
  }
  const ms = performance.now() - startedAt
  await checkSameAnswers(sample, scratch, pki, running)
  return { available: true, connections: sample.length, ms }
}

/** Off the clock: a loop of programs that only print their usage would be fast. */
async function checkSameAnswers(
  sample: readonly Cell[],
  { path }: Scratch,
  pki: Pki,
  running: RunningServers,
): Promise<void> {
  const answers = await bareAnswers({ cells: sample, pki, running, concurrency: 1, checksServer: false })
  for (const [at, { cell, status }] of answers.entries()) {
    const seen = statusIn(await readFile(join(path, `${at}.out`), 'latin1'))
    if (seen === status) continue
    throw new HarnessError(
      'ERR_BENCH_S_CLIENT',
      `expected status ${status ?? 'none'}, s_client saw ${seen ?? 'none'}`,
      {
        where: cell.id,
      },
    )
  }
}

/** s_client prints the answer after its report on the session. */
function statusIn(output: string): number | null {
  const status = /^HTTP\/1\.1 (\d{3}) /m.exec(output)?.[1]
  return status === undefined ? null : Number(status)
}

/** A refusal makes s_client fail, and that is an answer too: exit codes do not matter. */
function commandLine(cell: Cell, at: number, pki: Pki, running: RunningServers): string {
  const { host, port, servername } = running.endpoint(cell.server, cell.policy)
  const { name, chain, keyPem } = issuedIdentity(cell, pki)
  const identity = keyPem === null ? '' : `-cert ${name}.pem -key ${name}.key`
  const issuers = chain.length > 1 ? `-cert_chain ${name}.chain.pem` : ''
  const version = cell.tls === '1.2' ? '-tls1_2' : '-tls1_3'
  const request = `GET /?cell=bench HTTP/1.1\\r\\nHost: ${servername}\\r\\nConnection: close\\r\\n\\r\\n`
  return `printf '${request}' | "$OPENSSL" s_client -connect ${host}:${port} -servername ${servername} ${version} ${identity} ${issuers} -CAfile ca.pem -cipher DEFAULT:@SECLEVEL=0 -ign_eof >${at}.out 2>/dev/null\n`
}

async function writeIdentities(scratch: Scratch, pki: Pki): Promise<void> {
  await scratch.write('ca.pem', pki.authorities['root-a'].certificate.pem)
  for (const { name, chain, chainPem, keyPem } of pki.identities.values()) {
    if (keyPem === null) continue
    await scratch.write(`${name}.pem`, chainPem)
    await scratch.write(`${name}.key`, keyPem)
    await scratch.write(
      `${name}.chain.pem`,
      chain
        .slice(1)
        .map(({ pem }) => pem)
        .join(''),
    )
  }
}

function issuedIdentity({ identity }: Cell, { identities }: Pki): Identity {
  const issued = identities.get(identity)
  if (issued === undefined)
    throw new HarnessError('ERR_NO_IDENTITY', `the identity '${identity}' was not issued`)
  return issued
}
