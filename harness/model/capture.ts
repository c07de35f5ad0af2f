/** What a tap on one connection saw. */
import type { Peer } from './tls.ts'

/** Bytes that crossed the tap in one direction, in the order seen. */
export interface Segment {
  readonly from: Peer
  readonly bytes: Uint8Array
}

/** A flow is one direction's bytes. */
export function flowOf(segments: readonly Segment[], from: Peer): Uint8Array {
  return Buffer.concat(segments.filter((segment) => segment.from === from).map((segment) => segment.bytes))
}
