/**
 * How far a connection has to get before what it shows can be what is expected. A refusal that comes in answer to the
 * request, and silence, show nothing about a connection that broke off before: a server that resets whatever connects
 * would pass for one that resets because it cannot ask. RFC 5246 §7.4.1.1 for HelloRequest.
 */
import { denials } from '../model/refusal.ts'
import type { Transcript, TranscriptEntry } from '../model/transcript.ts'
import type { Expectation } from './expectation.ts'
import type { Cell } from './matrix.ts'

type About = Pick<Cell, 'tls' | 'namedScenario'>

/** What the connection did not get to; null where it got far enough. */
export function fellShort(
  cell: About,
  { cell: expected }: Expectation,
  transcript: Transcript,
): string | null {
  const { accepted, refused, status, alert, verify, http2Reset } = expected
  if (accepted) return null
  const isSilent = [status, alert, verify, http2Reset].every((sign) => sign === null)
  const isDenial = refused !== null && refused in denials
  if ((isSilent || isDenial) && !transcript.entries.some(isRequest)) {
    return 'the connection ended before the request was sent'
  }
  if (isAskedInVain(cell, refused) && !transcript.entries.some(isHelloRequest)) {
    return 'HelloRequest: expected one, observed none'
  }
  return null
}

/** The client was told what to do with a HelloRequest, and that is what the refusal is about. */
function isAskedInVain({ tls, namedScenario }: About, refused: string | null): boolean {
  const { renegotiation = 'answer' } = namedScenario.request ?? {}
  return tls === '1.2' && refused === 'late-request-failed' && renegotiation !== 'answer'
}

/** A client sends application data once its handshake is complete. */
function isRequest({ from, content }: TranscriptEntry): boolean {
  return from === 'client' && content.kind === 'application_data' && content.bytes.length > 0
}

function isHelloRequest({ from, content }: TranscriptEntry): boolean {
  return from === 'server' && content.kind === 'handshake' && content.message.type === 'hello_request'
}
