/** The transcript while it grows: entries and problems of both flows in the order seen. Decides nothing. */
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Peer } from '../model/tls.ts'
import type { Content, TranscriptEntry, TranscriptProblem } from '../model/transcript.ts'

/** Where something stands: a flow and a record of it. */
export interface Place {
  readonly from: Peer
  readonly offset: number
}

export class TranscriptLog {
  readonly entries: TranscriptEntry[] = []
  readonly problems: TranscriptProblem[] = []
  readonly #lockedReasons = new Set<string>()

  /** Some records stayed opaque for want of a key. */
  get locked(): boolean {
    return this.#lockedReasons.size > 0
  }

  entry({ from, offset }: Place, encrypted: boolean, content: Content): void {
    this.entries.push({ from, encrypted, flowOffset: offset, content })
  }

  problem(place: Place, code: string, message: string, part?: string): void {
    const where = `${place.from} flow, record at byte ${place.offset}`
    this.problems.push({ code, message, where: part === undefined ? where : `${where}, ${part}` })
  }

  /** One problem for each reason and direction, however many records it keeps closed. */
  lockedRecord(place: Place, contentType: number, bytes: Uint8Array, why: string): void {
    this.entry(place, true, { kind: 'opaque', contentType, bytes, why })
    const reason = `${place.from} ${why}`
    if (this.#lockedReasons.has(reason)) return
    this.#lockedReasons.add(reason)
    this.problem(place, 'ERR_LOCKED_RECORD', why)
  }

  thrown(place: Place, thrown: unknown): void {
    const code = thrown instanceof HarnessError ? thrown.code : 'ERR_DISSECT'
    this.problem(place, code, messageOf(thrown))
  }
}
