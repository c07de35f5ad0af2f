/**
 * The one error type of the project: a stable code, what happened, where, and what to do about it.
 * A refused handshake is never an error: it is an observation.
 */

/** Stable and tested; scripts may match on it. */
export type ErrorCode = `ERR_${string}`

export interface ErrorDetail {
  /** The file, flow, offset or option that the message is about. */
  readonly where?: string
  /** What the reader can do next. */
  readonly hint?: string
  readonly cause?: unknown
}

/** An error for people: lower case, no full stop, both the expected and the seen value. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
  readonly code: ErrorCode
  readonly where: string | null
  readonly hint: string | null

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.where = detail.where ?? null
    this.hint = detail.hint ?? null
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
