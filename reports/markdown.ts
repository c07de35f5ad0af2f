/**
 * GitHub Flavored Markdown for a comment on a pull request or a job summary: what is wrong first, then the answers.
 * No times: the same answers give the same text. It writes tables, escape.ts keeps what peers say out of them.
 */
import { outcomes } from '../harness/model/outcome.ts'
import { answeredCells, viewsByClient } from './clients.ts'
import { count } from './count.ts'
import { verdictOf } from './exit-code.ts'
import { groundSums } from './ground.ts'
import { looks } from './marks.ts'
import { code, htmlCode, prose } from './markdown/escape.ts'
import { matrixTables } from './markdown/matrix-tables.ts'
import { problemParagraphs } from './markdown/problems.ts'
import { deviationParagraphs, notRunParagraphs } from './markdown/remarks.ts'
import { situationRows } from './markdown/situation-table.ts'
import { rowsOf } from './matrix.ts'
import { reporterOnClose } from './on-close.ts'
import type { Run } from './run.ts'
import { safeText } from './safe-text.ts'
import { isSituation, lineCount, situationsOf, type ServerSituations } from './situations.ts'

/** More lines are folded away by topic. */
const MOST_OPEN_LINES = 60

export const markdown = reporterOnClose(
  'markdown',
  'tables for a pull request comment, a job summary or a README',
  renderMarkdown,
)

function renderMarkdown(run: Run): string {
  const problems = problemParagraphs(run)
  const paragraphs = [
    ...totals(run),
    ...(problems.length === 0 ? [] : ['### What needs attention', ...problems]),
    ...serverParagraphs(run),
    ...deviationParagraphs(run),
    ...notRunParagraphs(run),
  ]
  return `${paragraphs.join('\n\n')}\n`
}

function totals(run: Run): readonly string[] {
  const sums = outcomes
    .filter((outcome) => outcome === 'pass' || run.totals[outcome] > 0)
    .map((outcome) => prose(`${looks[outcome].mark} ${run.totals[outcome]} ${outcome}`.trim()))
  const ground = groundSums(run.cells)
  const expectations = ground === '' ? '' : ` The expectations are ${ground}.`
  const { exitCode, meaning } = verdictOf(run)
  return [`**Countersign: ${sums.join(', ')}.** Exit code ${exitCode}: ${prose(meaning)}.${expectations}`]
}

/** Each server as its first client saw it; what another client saw is judged, and stands above if it is wrong. */
function serverParagraphs(run: Run): readonly string[] {
  const { cells, servers } = run
  const { shown } = viewsByClient(answeredCells(run))
  const plain = shown.filter((cell) => !isSituation(cell))
  const matrices = matrixTables(rowsOf(cells.filter((cell) => !isSituation(cell))), plain)
  const situations = situationsOf(shown)
  const folded =
    lineCount(situations) > MOST_OPEN_LINES && situations.flatMap(({ topics }) => topics).length > 1
  const names = [...new Set(shown.map(({ server }) => server))]
  return names.flatMap((name) => {
    const [status] = servers.filter((server) => server.name === name)
    const facts = [status?.version, status?.tlsLibrary, status?.backend].flatMap((fact) => fact ?? [])
    const matrix = matrices.get(safeText(name))
    const own = situations.filter(({ server }) => server === name)
    return [
      `### ${code(name)}${facts.length === 0 ? '' : ` ${prose(`(${facts.join(', ')})`)}`}`,
      ...(matrix === undefined ? [] : [matrix]),
      ...own.flatMap((of) => topicParagraphs(of, folded)),
    ]
  })
}

function topicParagraphs({ topics }: ServerSituations, folded: boolean): readonly string[] {
  return topics.flatMap(({ topic, cells, lines }) => {
    const sums = groundSums(cells)
    const facts = `: ${count(lines.length, 'answer')}${sums === '' ? '' : ` (${sums})`}`
    if (!folded) return [code(topic) + facts, situationRows(lines)]
    // A line that begins with HTML holds no Markdown.
    const summary = `<summary>${htmlCode(topic)}${facts}</summary>`
    return [`<details>${summary}`, situationRows(lines), '</details>']
  })
}
