/**
 * JUnit XML as Jenkins, GitLab and GitHub readers take it: one testsuite for each server policy, one testcase for each
 * cell. There is no standard; this keeps to what those readers share (testdata/junit.xsd).
 * JUnit has no TODO, so a deviation is skipped with its reason.
 */
import type { CellFinished } from '../harness/model/event.ts'
import { countOutcomes, type Outcome } from '../harness/model/outcome.ts'
import { compareSigns, handshakeFacts, rfcDifference } from './comparison.ts'
import { groundOf, groundText } from './ground.ts'
import { groupBy } from './group-by.ts'
import { ladderLegend, ladderLines } from './ladder.ts'
import { reporterOnClose } from './on-close.ts'
import { rerunCommand } from './rerun.ts'
import type { Incomplete, Run } from './run.ts'
import { xmlDocument, type XmlElement } from './xml.ts'

export const junit = reporterOnClose('junit', 'JUnit XML for Jenkins, GitLab and GitHub', renderJunit)

function renderJunit(run: Run): string {
  const bySuite = groupBy(run.cells, (cell) => `${cell.server}/${cell.policy}`)
  const suites = [...bySuite].map(([name, cells]) => suiteElement(name, cells, run))
  const broken = run.incomplete ? [incompleteSuite(run.incomplete)] : []
  const seconds = run.finished ? { time: secondsText(run.finished.durationMs) } : {}
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'countersign', ...counts(run.cells, broken.length), ...seconds },
    children: [...broken, ...suites],
  })
}

function suiteElement(name: string, cells: readonly [CellFinished, ...CellFinished[]], run: Run): XmlElement {
  const timestamp = run.started ? { timestamp: run.started.startedAt } : {}
  const durationMs = cells.reduce((sum, cell) => sum + cell.durationMs, 0)
  const properties = suiteProperties(cells[0].server, run)
  return {
    name: 'testsuite',
    attributes: { name, ...counts(cells, 0), time: secondsText(durationMs), ...timestamp },
    children: [
      ...(properties.length === 0 ? [] : [{ name: 'properties', attributes: {}, children: properties }]),
      ...cells.map(testCase),
    ],
  }
}

function suiteProperties(serverName: string, { started, servers }: Run): readonly XmlElement[] {
  const property = (name: string, value: string | null) =>
    value === null ? [] : [{ name: 'property', attributes: { name, value } }]
  return [
    ...servers
      .filter(({ name }) => name === serverName)
      .flatMap((server) => [
        ...property('server.version', server.version),
        ...property('server.tlsLibrary', server.tlsLibrary),
        ...property('server.backend', server.backend),
        ...property('server.status', server.status),
        ...property('server.reason', server.reason),
      ]),
    ...(started
      ? [
          ...property('run.id', started.id),
          ...property('run.node', started.node),
          ...property('run.openssl', started.openssl),
          ...property('run.platform', started.platform),
        ]
      : []),
  ]
}

const resultElements = {
  pass: null,
  fail: 'failure',
  error: 'error',
  deviation: 'skipped',
  unsupported: 'skipped',
  unavailable: 'skipped',
} as const satisfies Record<Outcome, 'failure' | 'error' | 'skipped' | null>

function testCase(cell: CellFinished): XmlElement {
  const name = resultElements[cell.outcome]
  const attributes = { name: cell.id, classname: className(cell), time: secondsText(cell.durationMs) }
  if (name === null) return { name: 'testcase', attributes }
  const reason = cell.reason ?? 'no reason was given'
  const result =
    name === 'skipped'
      ? { name, attributes: { message: `${cell.outcome}: ${reason}` } }
      : { name, attributes: { message: reason, type: cell.outcome }, text: explanation(cell) }
  return { name: 'testcase', attributes, children: [result] }
}

/** Readers split a class name at its last dot into package and class, so names keep no dots of their own. */
function className({ server, policy }: CellFinished): string {
  return [server, policy].map((part) => part.replaceAll('.', '_')).join('.')
}

function explanation(cell: CellFinished): readonly string[] {
  const { command, option } = rerunCommand(cell.id)
  const fact = (label: string, text: string | null | undefined) => (text ? [`${label}: ${text}`] : [])
  const signs = compareSigns(cell)
  const side = (name: 'expected' | 'observed') =>
    signs.map((row) => `${row.sign} ${row[name] ?? '(none)'}`).join(', ')
  return [
    cell.title,
    ...fact('expected', cell.expected && side('expected')),
    ...fact('observed', cell.observed && side('observed')),
    ...fact('source', cell.expected?.source),
    ...fact('confidence', groundText(groundOf(cell))),
    ...fact('note', cell.expected?.note),
    ...fact('handshake', cell.observed && handshakeFacts(cell.observed)),
    ...fact('RFC', rfcDifference(cell)),
    ...fact('server log', cell.observed?.serverLog?.line),
    ...(cell.ladder.length === 0 ? [] : [`ladder (${ladderLegend}):`]),
    ...ladderLines(cell.ladder).map((line) => `  ${line}`),
    ...fact('transcript', cell.evidence.transcript),
    `again: ${command} ${option}`,
  ]
}

/** A run that did not come to its end must not look like a short, successful one. */
function incompleteSuite({ reason }: Incomplete): XmlElement {
  return {
    name: 'testsuite',
    attributes: { name: 'countersign', tests: 1, failures: 0, errors: 1, skipped: 0, time: '0.000' },
    children: [
      {
        name: 'testcase',
        attributes: { name: 'the run came to its end', classname: 'countersign.run', time: '0.000' },
        children: [{ name: 'error', attributes: { message: reason, type: 'incomplete' } }],
      },
    ],
  }
}

function counts(cells: readonly CellFinished[], brokenRuns: number) {
  const { fail, error, deviation, unsupported, unavailable } = countOutcomes(cells)
  return {
    tests: cells.length + brokenRuns,
    failures: fail,
    errors: error + brokenRuns,
    skipped: deviation + unsupported + unavailable,
  }
}

function secondsText(durationMs: number): string {
  return (durationMs / 1000).toFixed(3)
}
