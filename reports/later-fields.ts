/**
 * Fields that were added to schema version 1 after its first logs were written. A log without them is still a log:
 * it gets null for them, so that no report has to know.
 */
import type { CellExpectation, CellFinished } from '../harness/model/event.ts'
import type { Observation } from '../harness/model/observation.ts'

const ofObservation: Partial<Observation> = { http2Reset: null }

export function withLaterFields(cell: CellFinished): CellFinished {
  const { expected, observed } = cell
  return {
    ...cell,
    expected: expected && { ...ofExpectation(expected), ...expected },
    observed: observed && { ...ofObservation, ...observed },
  }
}

function ofExpectation({ certificateAuthorities }: CellExpectation): Partial<CellExpectation> {
  return {
    // Before `asked` there was nothing but the handshake to ask in.
    asked: certificateAuthorities === null ? null : 'handshake',
    closedBy: null,
    http2Reset: null,
    win32Confidence: null,
    note: null,
  }
}
