import t from 'tap'
import type { CellFinished, RunEvent } from '../harness/model/event.ts'
import { situationTable } from './markdown/situation-table.ts'
import { markdown } from './markdown.ts'
import { golden, render, runOf, sampleCell, sampleRun } from './testdata/sample.ts'

const cellsOf = (events: readonly RunEvent[]) =>
  events.filter((event): event is CellFinished => event.type === 'cell')
const articles = cellsOf(sampleRun()).filter(({ scenario }) => scenario.startsWith('iis/articles/'))
const passed = articles.filter(({ outcome }) => outcome === 'pass')

/** As a reader of GFM splits it: at pipes that no backslash precedes. */
const cellCounts = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replace(/\\[\p{P}\p{S}]/gu, '').split('|').length)

t.test('the sample is the golden one', async (t) => {
  const text = render(markdown, sampleRun())
  t.equal(text, golden('run.md', text))
})

t.test('one topic is one table, the same as of the function for a README', async (t) => {
  const text = render(markdown, runOf(passed))
  const table = situationTable(passed)
  t.equal(text.match(/^\| --- /gm)?.length, 1)
  t.ok(table !== null && text.endsWith(`\n\n${table}\n`))
  t.equal(table, golden('articles.md', `${table}\n`).trimEnd())
  t.match(table, '| Win32 | User | Confidence | Source |')
  t.match(table, '| 401 | 1 | 1326 (0x52E) |  | observed, Win32 inferred | [itq](https://itq.eu/')
})

t.test('no situations, no table', async (t) => {
  t.equal(situationTable([sampleCell()]), null)
})

t.test('many situations of several topics are folded by topic, those of one are not', async (t) => {
  const many = (topics: number) =>
    Array.from({ length: 70 }, (_, index) => {
      const scenario = `iis/topic-${index % topics}/case-${index}`
      return { ...passed[0]!, index, scenario, id: scenario }
    })
  const folded = render(markdown, runOf(many(2)))
  t.equal(folded.match(/^<details><summary><code>iis\/topic-\d<\/code>: 35 answers/gm)?.length, 2)
  t.match(folded, /<\/summary>\n\n\| Scenario /, 'a blank line begins Markdown again')
  t.notMatch(render(markdown, runOf(many(1))), '<details>')
})

t.test('more failures than a comment holds are counted', async (t) => {
  const failed = Array.from({ length: 25 }, (_, index) =>
    sampleCell({ index, id: `cell-${index}`, outcome: 'fail', reason: 'because' }),
  )
  const text = render(markdown, runOf(failed))
  t.equal(text.match(/^#### /gm)?.length, 20)
  t.match(text, /^And 5 more: /m)
})

const hostile = [
  'a | b',
  'a \\| b',
  'a \\\\| b',
  '|',
  '\\',
  '`',
  '``` | ',
  '<img src=x onerror=x>',
  '[text](javascript:x)',
  '![x](http://tracker.example/x)',
  '@everyone',
  'fixes #1',
  'GH-1',
  'http://tracker.example/',
  'www.example.com',
  '&lt;',
  '*a* _b_ ~c~',
  '# heading',
  '- item',
  '</code></details>',
  'a\n\n# b',
  '\u202eabc\u2066',
]

for (const text of hostile) {
  t.test(`${JSON.stringify(text)} stays text`, async (t) => {
    const every = { id: text, policy: text, identity: text, title: text, reason: text } as const
    const cell = passed[0]!
    const serverLog = { win32: 5, user: text, verify: text, line: text }
    const cells = [
      sampleCell({ ...every, outcome: 'fail', scenario: `x/${text}` }),
      sampleCell({ ...every, id: `${text}2`, outcome: 'deviation' }),
      sampleCell({ ...every, id: `${text}3`, outcome: 'unavailable' }),
      {
        ...cell,
        ...every,
        id: `${text}4`,
        scenario: `iis/articles/${text}`,
        expected: { ...cell.expected!, source: text, note: text },
        observed: { ...cell.observed!, serverLog },
      },
    ]
    const rendered = render(markdown, runOf(cells))
    const outside = rendered.replace(/`[^`\n]*`|<code>[^<\n]*<\/code>/g, '').replace(/\\[\p{P}\p{S}]/gu, '')
    t.notMatch(outside, /@|#1|GH-1|:\/\/|www\./, 'nothing that GitHub links')
    t.notMatch(outside, /\]\(|</, 'no link and no HTML')
    t.notMatch(outside, /&#?\w+;/, 'no entity')
    t.notMatch(rendered, /^(?:# |- item)/m)
    const tables = rendered.split('\n\n').filter((paragraph) => paragraph.startsWith('|'))
    for (const table of tables) t.equal(new Set(cellCounts(table)).size, 1, 'no cell ends early')
  })
}
