/**
 * The handshake as text, one message per line, each line readable alone. A double line stands for a message inside
 * record protection. Shared by every report that shows evidence.
 */
import type { LadderStep } from '../harness/model/event.ts'
import { safeText } from './safe-text.ts'
import { cut, fill, visibleWidth } from './width.ts'

/** What the arrows mean, for a legend. */
export const ladderLegend = '──► in clear, ══► encrypted'

/** Labels longer than this do not push every detail to the right. */
const LABEL_COLUMNS = 22

/** Lines are cut to `columns`: a detail repeats what the transcript has in full. */
export function ladderLines(steps: readonly LadderStep[], columns = Infinity): readonly string[] {
  const labels = steps.map((step) => safeText(step.label))
  const labelWidth = Math.min(LABEL_COLUMNS, Math.max(0, ...labels.map(visibleWidth)))
  return steps.map((step, at) => {
    const label = labels[at] ?? ''
    const detail = step.detail === null ? '' : `  ${safeText(step.detail)}`
    return cut(`client ${arrow(step)} server  ${fill(label, labelWidth)}${detail}`.trimEnd(), columns)
  })
}

function arrow({ from, encrypted }: LadderStep): string {
  const shaft = encrypted ? '══' : '──'
  return from === 'client' ? `${shaft}►` : `◄${shaft}`
}
