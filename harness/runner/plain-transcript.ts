/**
 * The transcript of a connection in the clear: no handshake, and what each side sent in turn as application data. So
 * evidence and ladder show the request and the answer. HTTP is not read here.
 */
import type { Segment } from '../model/capture.ts'
import type { Transcript, TranscriptEntry } from '../model/transcript.ts'

export function plainTranscript(segments: readonly Segment[]): Transcript {
  const sent = { client: 0, server: 0 }
  const entries: TranscriptEntry[] = []
  for (const { from, bytes } of turnsOf(segments)) {
    const content = { kind: 'application_data', bytes } as const
    entries.push({ from, encrypted: false, flowOffset: sent[from], content })
    sent[from] += bytes.length
  }
  return { entries, version: null, cipherSuite: null, problems: [] }
}

/** What one side sent until the other one spoke. */
function turnsOf(segments: readonly Segment[]): readonly Segment[] {
  const turns: Segment[] = []
  let parts: Uint8Array[] = []
  for (const [index, { from, bytes }] of segments.entries()) {
    parts.push(bytes)
    if (segments[index + 1]?.from === from) continue
    turns.push({ from, bytes: Buffer.concat(parts) })
    parts = []
  }
  return turns
}
