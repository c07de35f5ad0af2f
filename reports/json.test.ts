import t from 'tap'
import type { CellFinished } from '../harness/model/event.ts'
import { json } from './json.ts'
import { golden, render, runOf, sampleCell, sampleRun } from './testdata/sample.ts'

t.test('the first cells of the sample are the golden ones', async (t) => {
  const wanted = new Set(['pass', 'fail', 'deviation', 'error', 'unsupported', 'unavailable'])
  const wantedScenarios = new Set(['iis/late/http2', 'iis/articles/require-wrong-password'])
  const cells = sampleRun().filter(
    (event): event is CellFinished =>
      event.type === 'cell' && (wanted.delete(event.outcome) || wantedScenarios.has(event.scenario)),
  )
  const servers = sampleRun().filter(({ type }) => type === 'server')
  const text = render(json, [...runOf(cells), ...servers])
  t.equal(text, golden('run.json', text))
  t.match(text, /^\{\n {2}"schemaVersion": 1,\n[^]*\n\}\n$/, 'two spaces, and a line feed at the end')
})

t.test('has the fields of the schema, absent ones as null', async (t) => {
  const document = JSON.parse(render(json, sampleRun())) as Record<string, Record<string, unknown>[]>
  t.strictSame(Object.keys(document), ['schemaVersion', 'run', 'servers', 'totals', 'cells'])
  const run = ['id', 'startedAt', 'durationMs', 'command', 'node', 'openssl', 'platform']
  t.strictSame(Object.keys(document['run']!), run)
  const server = ['name', 'version', 'tlsLibrary', 'backend', 'status', 'reason']
  for (const value of document['servers']!) t.strictSame(Object.keys(value), server)
  const cell =
    'id server policy tls client selection scenario identity title outcome reason confidence durationMs expected observed rfc evidence'
  for (const value of document['cells']!) t.equal(Object.keys(value).join(' '), cell)
  const expected =
    'accepted refused alert status substatus win32 verify user certificateAuthorities asked closedBy http2Reset win32Confidence source note'
  const observed = 'accepted refusal handshake certificateRequest clientCertificate http http2Reset serverLog'
  for (const value of document['cells']! as unknown as CellFinished[]) {
    if (value.expected) t.equal(Object.keys(value.expected).join(' '), expected)
    if (value.observed) t.equal(Object.keys(value.observed).join(' '), observed)
  }
  t.strictSame(Object.keys((JSON.parse(render(json, [])) as { run: object }).run), run)
})

t.test('values come back unchanged, but nothing invisible stands in the file', async (t) => {
  const reason = 'a\u001b[31m\u202e\u2028\u007f\u009b\ud800\u{e0041}\uffff"\\'
  const text = render(json, runOf([sampleCell({ outcome: 'fail', reason })]))
  t.notMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u)
  t.equal((JSON.parse(text) as { cells: CellFinished[] }).cells[0]?.reason, reason)
})
