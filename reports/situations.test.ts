import t from 'tap'
import type { CellFinished } from '../harness/model/event.ts'
import { isSituation, lineCount, situationsOf } from './situations.ts'
import { sampleCell, sampleRun } from './testdata/sample.ts'

const families = [
  { server: 'iis-10', scenario: 'iis/late/http2', own: true },
  { server: 'iis-8.5', scenario: 'iis/late/http2', own: true },
  { server: 'iis', scenario: 'iis/late/http2', own: true },
  { server: 'nginx', scenario: 'nginx/location/optional', own: true },
  { server: 'nginx', scenario: 'iis/late/http2', own: false },
  { server: 'iis-10', scenario: 'client-certificate/validity/expired', own: false },
  { server: 'iisx', scenario: 'iis/late/http2', own: false },
  { server: '', scenario: '/late/http2', own: false },
  { server: 'iis', scenario: 'iis', own: false },
] as const

for (const { server, scenario, own } of families) {
  t.test(`${scenario} is ${own ? '' : 'not '}a situation of '${server}'`, async (t) => {
    t.equal(isSituation({ server, scenario }), own)
  })
}

const situation = (changes: Partial<CellFinished>) =>
  sampleCell({ server: 'iis-10', policy: 'late-require', scenario: 'iis/late/http2', ...changes })
const linesOf = (...cells: readonly CellFinished[]) =>
  situationsOf(cells).flatMap(({ topics }) => topics.flatMap(({ lines }) => lines))

t.test('cells of other scenarios are left out', async (t) => {
  t.strictSame(situationsOf([sampleCell()]), [])
})

t.test('TLS versions share a line where everything is alike', async (t) => {
  t.match(linesOf(situation({}), situation({ tls: '1.3' })), [{ tls: 'both' }])
  t.match(linesOf(situation({}), situation({ tls: '1.3', outcome: 'fail' })), [
    { tls: '1.2' },
    { tls: '1.3' },
  ])
  const inferred = situation({ tls: '1.3', confidence: 'inferred' })
  t.equal(linesOf(situation({}), inferred).length, 2, 'nothing inferred hides behind what is documented')
})

t.test('a topic is the family and one segment, and never the last one', async (t) => {
  const topics = (scenario: string) => situationsOf([situation({ scenario })])[0]?.topics
  t.match(topics('iis/late/http2'), [{ topic: 'iis/late', lines: [{ name: 'http2' }] }])
  t.match(topics('iis/articles/kb1/untrusted'), [
    { topic: 'iis/articles', lines: [{ name: 'kb1/untrusted' }] },
  ])
  t.match(topics('iis/http2'), [{ topic: 'iis', lines: [{ name: 'http2' }] }])
})

t.test('one scenario under several policies names them', async (t) => {
  const names = linesOf(situation({}), situation({ policy: 'require' })).map(({ name }) => name)
  t.strictSame(names, ['http2 (late-require)', 'http2 (require)'])
})

t.test('the sample has a line for everything that can be said', async (t) => {
  const cells = sampleRun().filter((event): event is CellFinished => event.type === 'cell')
  const lines = linesOf(...cells)
  t.equal(lines.length, lineCount(situationsOf(cells)))
  const line = (wanted: string) => lines.find(({ name }) => name === wanted)
  t.match(line('plain-http-ssl'), { tls: 'none', asked: null, answer: '403.4' })
  t.match(line('http2'), { asked: 'no', answer: 'HTTP_1_1_REQUIRED', http: null, win32: null })
  t.match(line('tls13-require-2022'), { tls: '1.3', answer: 'reset' })
  t.match(line('require-mapped'), { asked: 'late', caNames: 0, user: 'mapped-user', win32: 0 })
  t.match(line('listed'), { tls: 'both', asked: 'early', caNames: 2 })
  t.match(line('renegotiation-ignored'), { answer: 'not run', asked: null, ground: { confidence: null } })
  t.match(line('require-exchange-only-browser'), {
    identity: 'exchange-only',
    selection: 'browser',
  })
  t.match(line('require-wrong-password'), {
    win32: 1326,
    ground: { confidence: 'observed', win32Confidence: 'inferred' },
    note: /^page HRESULT/,
  })
})
