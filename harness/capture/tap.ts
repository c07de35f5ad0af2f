/**
 * What a tap remembers of one connection: the bytes of both flows in the order seen, and who ended it.
 * The bytes are read by harness/wire; nothing here understands them.
 */
import type { Segment } from '../model/capture.ts'
import type { ClosedBy } from '../model/observation.ts'
import type { Peer } from '../model/tls.ts'

/** A handshake is a few kilobytes; a peer that sends this much is cut off. */
export const MAX_CAPTURE_BYTES = 32 * 1024 * 1024

export interface Tap {
  readonly segments: readonly Segment[]
  /** How the server's side ended; null while it is open. The first cause wins. */
  readonly closedBy: ClosedBy | null
  /** False when this segment is over the bound and was not kept. */
  record(from: Peer, bytes: Uint8Array): boolean
  closed(by: ClosedBy): void
}

export function newTap(maxCaptureBytes: number = MAX_CAPTURE_BYTES): Tap {
  const segments: Segment[] = []
  let closedBy: ClosedBy | null = null
  let lengthBytes = 0
  return {
    segments,
    get closedBy() {
      return closedBy
    },
    record(from, bytes) {
      lengthBytes += bytes.length
      if (lengthBytes > maxCaptureBytes) return false
      segments.push({ from, bytes })
      return true
    },
    closed(by) {
      closedBy ??= by
    },
  }
}

/** What a socket error says about how the connection ended. */
export function closedByError(error: NodeJS.ErrnoException): ClosedBy {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 'rst' : 'client'
}
