/**
 * Expected and observed side by side, sign by sign, and the facts of the handshake in one sentence.
 * Shared by every report that explains a cell. It shows; judging was done in harness/runner.
 */
import type { CellExpectation, CellFinished } from '../harness/model/event.ts'
import type { Observation, ObservedAlert } from '../harness/model/observation.ts'
import { hexText, inTheClear, statusText } from './answer-text.ts'
import { count } from './count.ts'
import { safeText } from './safe-text.ts'

export interface ComparedSign {
  readonly sign: string
  /** null: no such sign is expected. */
  readonly expected: string | null
  readonly observed: string | null
}

interface SignReader {
  readonly sign: string
  expected(expectation: CellExpectation): string | null
  observed(observation: Observation): string | null
  /** Left out where nothing is expected: every connection has it. */
  readonly onlyWhereExpected?: true
}

/** One line for each sign, in the order in which a handshake shows them. */
const signs: readonly SignReader[] = [
  {
    sign: 'verdict',
    expected: ({ refused }) => (refused === null ? 'accepted' : `refused, ${refused}`),
    observed: ({ accepted, refusal }) => (accepted ? 'accepted' : `refused, ${refusal ?? 'no reason'}`),
  },
  {
    sign: 'asked',
    expected: ({ asked }) => askedText(asked),
    observed: ({ certificateRequest }) => askedText(certificateRequest?.when ?? null),
  },
  {
    sign: 'CA names',
    expected: ({ certificateAuthorities }) => namesText(certificateAuthorities),
    observed: ({ certificateRequest }) => namesText(certificateRequest?.certificateAuthorities ?? null),
  },
  {
    sign: 'alert',
    expected: ({ alert }) => alert,
    observed: ({ handshake: { alert } }) => alert?.description ?? null,
  },
  {
    sign: 'end',
    expected: ({ closedBy }) => closedBy && endedBy[closedBy],
    observed: ({ handshake: { closedBy } }) => endedBy[closedBy],
    onlyWhereExpected: true,
  },
  {
    sign: 'HTTP/2',
    expected: ({ http2Reset }) => streamText(http2Reset),
    observed: ({ http2Reset }) => streamText(http2Reset),
  },
  {
    sign: 'HTTP',
    expected: ({ status, substatus }) => (status === null ? null : statusText({ status, substatus })),
    observed: ({ http }) => (http === null ? null : statusText(http)),
  },
  {
    sign: 'win32',
    expected: ({ win32 }) => win32Text(win32),
    observed: ({ serverLog }) => win32Text(serverLog?.win32 ?? null),
  },
  {
    sign: 'verify',
    expected: ({ verify }) => verify,
    observed: ({ serverLog }) => serverLog?.verify ?? null,
  },
  { sign: 'user', expected: ({ user }) => user, observed: ({ serverLog }) => serverLog?.user ?? null },
]

/** The signs that either side has; texts are safe. Empty when there is nothing to compare. */
export function compareSigns({ expected, observed }: CellFinished): readonly ComparedSign[] {
  return signs
    .filter((sign) => sign.onlyWhereExpected !== true || (expected && sign.expected(expected)) !== null)
    .map(({ sign, ...read }) => ({
      sign,
      expected: expected && safeOrNull(read.expected(expected)),
      observed: observed && safeOrNull(read.observed(observed)),
    }))
    .filter((row) => row.expected !== null || row.observed !== null)
}

/** Version, how far the handshake got, what was asked and presented, how it ended. */
export function handshakeFacts(observation: Observation): string {
  const { handshake, certificateRequest, clientCertificate, http2Reset } = observation
  const { version, cipherSuite, clientFinished, alert, closedBy } = handshake
  const { presented, chainLength, withheldBecause } = clientCertificate
  if (inTheClear(observation))
    return safeText(`no TLS, the request went in the clear, ended by ${endedBy[closedBy]}`)
  const facts = [
    version === null ? 'no ServerHello' : `${version} ${cipherSuite ?? ''}`.trimEnd(),
    certificateRequest === null
      ? 'no CertificateRequest'
      : `CertificateRequest ${certificateRequest.when === 'late' ? 'after' : 'in'} the handshake`,
    presented
      ? `${count(chainLength, 'certificate')} presented`
      : `no certificate presented${withheldBecause === null ? '' : ` (${withheldBecause})`}`,
    clientFinished ? 'client Finished sent' : 'no client Finished',
    ...(alert === null ? [] : [alertText(alert, clientFinished)]),
    ...(http2Reset === null ? [] : [streamText(http2Reset)]),
    `ended by ${endedBy[closedBy]}`,
  ]
  return safeText(facts.join(', '))
}

/** What the RFCs ask for, when the server's way differs from it; null otherwise. */
export function rfcDifference({ rfc }: CellFinished): string | null {
  if (rfc?.agrees !== false) return null
  const asked = rfc.alert === null ? 'acceptance' : `alert ${rfc.alert}`
  return safeText(`differs from ${asked}${rfc.source === null ? '' : ` (${rfc.source})`}`)
}

const endedBy = { fin: 'FIN', rst: 'RST', client: 'the client', timeout: 'timeout' } as const

function alertText(
  { from, description, code, when, received }: ObservedAlert,
  clientFinished: boolean,
): string {
  const place = clientFinished ? (when === 'before-client-finished' ? ' before it' : ' after it') : ''
  return `alert ${description} (${code}) from the ${from}${place}, ${received ? 'received' : 'not received'}`
}

function askedText(when: CellExpectation['asked']): string | null {
  if (when === null) return null
  return when === 'late' ? 'late' : 'in the handshake'
}

/** RFC 9113 §6.4. */
function streamText(errorCode: string | null): string | null {
  return errorCode === null ? null : `RST_STREAM ${errorCode}`
}

function namesText(names: readonly string[] | null): string | null {
  if (names === null) return null
  return names.length === 0 ? 'empty list' : names.join('; ')
}

function win32Text(code: number | null): string | null {
  if (code === null || code === 0) return code === null ? null : '0'
  return `${code} (${hexText(code)})`
}

function safeOrNull(text: string | null): string | null {
  return text === null ? null : safeText(text)
}
