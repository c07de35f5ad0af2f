/**
 * Bytes of one connection in, its messages out. RFC 8446, RFC 5246; TLS 1.0 and 1.1 as far as they look alike.
 * Walks the segments in the order seen; one flow-dissector.ts for each direction, epochs.ts between them.
 * Never throws and never checks validity: whatever cannot be read becomes an opaque entry and a problem.
 */
import { flowOf } from '../model/capture.ts'
import type { Segment } from '../model/capture.ts'
import type { Transcript } from '../model/transcript.ts'
import { Epochs } from './epochs.ts'
import { FlowDissector } from './flow-dissector.ts'
import { parseKeyLog } from './key-log.ts'
import { TranscriptLog } from './transcript-log.ts'

/** @param keyLog NSS key log lines of this connection, among any others; '' leaves protected records opaque. */
export function dissect(segments: readonly Segment[], keyLog: string): Transcript {
  const secrets = parseKeyLog(keyLog)
  const epochs = new Epochs(secrets)
  const log = new TranscriptLog()
  const flows = {
    client: new FlowDissector('client', flowOf(segments, 'client'), epochs, log),
    server: new FlowDissector('server', flowOf(segments, 'server'), epochs, log),
  }
  for (const { from, bytes } of segments) flows[from].arrive(bytes.length)
  flows.client.end()
  flows.server.end()
  return {
    entries: log.entries,
    version: epochs.version,
    cipherSuite: epochs.cipherSuite,
    // Bad lines of a key log matter when a secret is missing: it may have been one of them.
    problems: log.locked ? [...secrets.problems, ...log.problems] : log.problems,
  }
}
