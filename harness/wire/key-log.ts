/**
 * Reads a key log: the secrets that a TLS stack wrote down for diagnosis. RFC 9850 (SSLKEYLOGFILE).
 * Labels are not judged: whoever looks a secret up knows its name. Nothing is derived here.
 */
import type { TranscriptProblem } from '../model/transcript.ts'

export interface KeyLog {
  /** The secret of the last line with this label and client random; null when there is none. */
  secret(label: string, clientRandom: Uint8Array): Uint8Array | null
  /** Lines that are neither a comment nor a secret, in order; at most {@link MAX_PROBLEMS}. */
  readonly problems: readonly TranscriptProblem[]
}

/** A key log of a long run is cut to its newest secrets; one connection of TLS 1.3 writes about six. */
export const MAX_SECRETS = 50_000
export const MAX_PROBLEMS = 100
/** Of a label, a random and a secret together. ECH_CONFIG, the longest known value, stays far below. */
export const MAX_LINE_LENGTH = 8192

/** Never throws: a key log cut off in the middle of a line still gives its other secrets. */
export function parseKeyLog(text: string): KeyLog {
  const secrets = new Map<string, Uint8Array>()
  const problems: TranscriptProblem[] = []
  let lineNumber = 0
  for (const line of lines(text)) {
    lineNumber += 1
    if (line === '' || line.startsWith('#')) continue
    const fields = line.length <= MAX_LINE_LENGTH ? LINE.exec(line)?.groups : undefined
    if (fields === undefined) {
      if (problems.length < MAX_PROBLEMS) problems.push(badLine(lineNumber))
      continue
    }
    const key = keyOf(fields['label'] ?? '', (fields['clientRandom'] ?? '').toLowerCase())
    // Deleted first so that the map's order is that of the last mention.
    secrets.delete(key)
    secrets.set(key, Buffer.from(fields['secret'] ?? '', 'hex'))
    if (secrets.size > MAX_SECRETS) dropOldest(secrets)
  }
  return {
    secret: (label, clientRandom) => secrets.get(keyOf(label, hex(clientRandom))) ?? null,
    problems,
  }
}

/** RFC 9850 §2: three values, each followed by a single space; hexadecimal digits of either case. */
const LINE = /^(?<label>[A-Za-z0-9_-]+) (?<clientRandom>[0-9a-fA-F]{64}) (?<secret>(?:[0-9a-fA-F]{2})+)$/

/** RFC 9850 §2: CRLF, CR and LF are all accepted. One line at a time: the text is not held twice. */
function* lines(text: string): Generator<string> {
  let start = 0
  for (const { index, 0: terminator } of text.matchAll(/\r\n|\r|\n/g)) {
    yield text.slice(start, index)
    start = index + terminator.length
  }
  yield text.slice(start)
}

function dropOldest(secrets: Map<string, Uint8Array>): void {
  for (const oldest of secrets.keys()) {
    secrets.delete(oldest)
    return
  }
}

const keyOf = (label: string, clientRandom: string): string => `${label} ${clientRandom}`

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

/** Says nothing of the line's content: it may hold most of a secret. */
function badLine(lineNumber: number): TranscriptProblem {
  return {
    code: 'ERR_KEY_LOG_LINE',
    message: 'expected a label, a client random of 64 hexadecimal digits and a secret (RFC 9850 §2)',
    where: `key log, line ${lineNumber}`,
  }
}
