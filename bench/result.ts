/** What one benchmark found: the JSON document of `--json`, and the same as a table for people. */
import { WARM_UP_ROUNDS } from './side-by-side.ts'
import type { Machine } from './machine.ts'
import type { SClientLoop } from './s-client-loop.ts'
import type { Spread } from './statistics.ts'

export interface BenchResult {
  readonly machine: Machine
  readonly cells: number
  readonly concurrency: number
  readonly rounds: number
  /** Ours over bare, round by round: the figure that counts. */
  readonly ratioToBare: Spread
  /** The same in CPU time, which other work on the machine disturbs less. */
  readonly cpuRatioToBare: Spread
  /** Ours over a bare client that does not even check the server: the same bytes on the wire, and nothing else. */
  readonly ratioToUnchecked: Spread
  readonly uncheckedMs: Spread
  readonly bareMs: Spread
  readonly oursMs: Spread
  readonly sClient: SClientLoop
  /** Ours over the loop, for the same number of connections; null without openssl. */
  readonly ratioToSClient: number | null
  readonly emptyProcessMs: Spread
  readonly firstVerdictMs: Spread
  /** A first verdict over a process that does nothing. */
  readonly ratioToEmptyProcess: number
  readonly pkiMs: Spread
}

export function resultText(result: BenchResult): string {
  const { machine, cells, concurrency, rounds, sClient } = result
  const rows: readonly (readonly string[])[] = [
    ['', 'median', 'min', 'max'],
    ['ours / bare node:tls', ...spread(result.ratioToBare, ratio)],
    ['ours / bare node:tls, CPU time', ...spread(result.cpuRatioToBare, ratio)],
    ['ours / bare, server not checked', ...spread(result.ratioToUnchecked, ratio)],
    [
      'ours / openssl s_client loop',
      result.ratioToSClient === null ? 'unavailable' : ratio(result.ratioToSClient),
    ],
    ['first verdict / node -e 0', ratio(result.ratioToEmptyProcess)],
    [],
    [`bare node:tls, ${cells} connections`, ...spread(result.bareMs, milliseconds)],
    ['bare, server not checked', ...spread(result.uncheckedMs, milliseconds)],
    [`ours, ${cells} cells with evidence`, ...spread(result.oursMs, milliseconds)],
    sClient.available
      ? [`s_client, ${sClient.connections} processes in turn`, milliseconds(sClient.ms)]
      : [`s_client: ${sClient.reason}`],
    ['node -e 0', ...spread(result.emptyProcessMs, milliseconds)],
    ['countersign run to its first verdict', ...spread(result.firstVerdictMs, milliseconds)],
    ['issuing all certificates', ...spread(result.pkiMs, milliseconds)],
  ]
  return [
    `${rounds} rounds in turn after ${WARM_UP_ROUNDS} to warm up, ${concurrency} connections at a time. The ratios count; times are for information.`,
    machineText(machine),
    '',
    ...rows.map(line),
    '',
  ].join('\n')
}

function machineText({ platform, cpu, cores, load, node, nodeOpenssl, openssl }: Machine): string {
  const program = openssl === null ? 'no openssl program' : `openssl program ${openssl}`
  return `${platform}, ${cores} cores (${cpu}), load ${load.toFixed(1)} at the start, Node ${node} with OpenSSL ${nodeOpenssl}, ${program}`
}

const LABEL_COLUMN = 40
const FIGURE_COLUMN = 12

function line([label = '', ...figures]: readonly string[]): string {
  return `${label.padEnd(LABEL_COLUMN)}${figures.map((figure) => figure.padStart(FIGURE_COLUMN)).join('')}`.trimEnd()
}

function spread({ median, min, max }: Spread, format: (value: number) => string): readonly string[] {
  return [median, min, max].map(format)
}

const ratio = (value: number): string => value.toFixed(2)
const milliseconds = (value: number): string => `${value.toFixed(0)} ms`
