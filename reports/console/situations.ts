/**
 * The answers to a product's own situations: a list by topic. Where it would fill screens it becomes one sum for each
 * topic and the lines that failed: a run that passed is news of one line, and whoever wants an answer selects it.
 */
import type { CellFinished } from '../../harness/model/event.ts'
import { countOutcomes, outcomes } from '../../harness/model/outcome.ts'
import type { Paint } from '../ansi.ts'
import { groundSums } from '../ground.ts'
import { looks } from '../marks.ts'
import { safeText } from '../safe-text.ts'
import { lineCount, type ServerSituations, type SituationTopic } from '../situations.ts'
import { fill, visibleWidth, wrap } from '../width.ts'
import { layOutLines, type LineLayout } from './situation-lines.ts'

/** About a screen. More lines are summed up. */
const MOST_LINES = 40

export interface SituationLists {
  /** By server, not safe. */
  readonly byServer: ReadonlyMap<string, readonly string[]>
  /** What needs a legend: the cells that have a line, and whether their lines use short words. */
  readonly listed: readonly CellFinished[]
  readonly abbreviated: boolean
}

export function situationLists(
  situations: readonly ServerSituations[],
  columns: number,
  paint: Paint,
): SituationLists {
  const summedUp = lineCount(situations) > MOST_LINES
  const drawn = situations.map(({ server, topics }) => {
    const shown = summedUp ? topics.map(onlyFailures) : topics
    const lines = shown.flatMap((topic) => topic.lines)
    const layout = layOutLines(lines, columns, paint)
    const head = listHead(server, layout, columns, paint)
    const width = Math.max(0, ...topics.map(({ topic }) => visibleWidth(safeText(topic))))
    const body = shown.flatMap((topic) => [
      ...topicLines(topic, summedUp ? width : 0, columns, paint),
      ...topic.lines.flatMap(layout.draw),
    ])
    return {
      server,
      lines: [...head, ...body, ...(summedUp ? hint(topics, columns, paint) : [])],
      layout,
      shown,
    }
  })
  return {
    byServer: new Map(drawn.map(({ server, lines }) => [server, lines])),
    listed: drawn.flatMap(({ shown }) =>
      shown.flatMap(({ cells }) => (summedUp ? cells.filter(({ outcome }) => outcome === 'fail') : cells)),
    ),
    abbreviated: drawn.some(({ layout }) => layout.abbreviated),
  }
}

function onlyFailures(topic: SituationTopic): SituationTopic {
  return { ...topic, lines: topic.lines.filter(({ outcome }) => outcome === 'fail') }
}

function listHead(server: string, layout: LineLayout, columns: number, paint: Paint): readonly string[] {
  const [first = '', ...rest] = wrap(`${safeText(server)} in situations of its own`, columns)
  return [...[first, ...rest].map((line) => paint(line, 'bold')), ...layout.heading]
}

/** `iis/late  ✗ 1 fail, 20 pass (14 documented, 7 observed; 3 Win32 codes only inferred)`. */
function topicLines(
  { topic, cells }: SituationTopic,
  width: number,
  columns: number,
  paint: Paint,
): readonly string[] {
  const name = fill(safeText(topic), width)
  const totals = countOutcomes(cells)
  const counts = outcomes
    .filter((outcome) => totals[outcome] > 0)
    .map((outcome) => `${looks[outcome].mark} ${totals[outcome]} ${outcome}`.trim())
  const ground = groundSums(cells)
  const text = counts.join(', ') + (ground === '' ? '' : ` (${ground})`)
  const lead = visibleWidth(name) + 2
  const room = columns - lead
  // A topic that leaves no room for its sum stands on a line of its own.
  if (room < LEAST_SUM_COLUMNS)
    return [...wrap(name.trimEnd(), columns), ...wrap(text, columns - 4).map((line) => `    ${line}`)]
  return wrap(text, room).map((line, at) =>
    at === 0 ? `${paint(name, 'cyan')}  ${line}` : ' '.repeat(lead) + line,
  )
}

const LEAST_SUM_COLUMNS = 30

function hint(topics: readonly SituationTopic[], columns: number, paint: Paint): readonly string[] {
  const topic = safeText(topics[0]?.topic ?? '')
  const text = `One line for each answer: --grep '**/${topic}/**', or --reporter markdown for all.`
  return wrap(text, columns).map((line) => paint(line, 'dim'))
}
