/** What every reporter keeps, whatever it writes. */
import t from 'tap'
import type { RunEvent } from '../harness/model/event.ts'
import { outcomes } from '../harness/model/outcome.ts'
import { reporters } from './index.ts'
import { render, runOf, sampleCell, sampleRun, shuffled } from './testdata/sample.ts'

const HOSTILE =
  '\u0000\u0007\u001b]0;owned\u0007\u001b[2J\r\n\u0085\u009b31m\u200f\u202e\u2066\u2028\u2029\ud800\ufeff'
const raw = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u

t.test('names are the words of --reporter, each once', async (t) => {
  const names = reporters.map(({ name }) => name)
  t.strictSame([...new Set(names)], names)
  for (const { name, title } of reporters) {
    t.match(name, /^[a-z][a-z-]*$/)
    t.not(title, '')
  }
})

for (const reporter of reporters) {
  t.test(reporter.name, async (t) => {
    t.test('writes once, on close, and ends its last line', async (t) => {
      const written: string[] = []
      const report = reporter.open({ write: (text) => written.push(text), colour: false, columns: 100 })
      for (const event of sampleRun()) report.event(event)
      t.equal(written.length, 0)
      report.close()
      t.equal(written.length, 1)
      t.match(written[0], /[^\n]\n$/)
    })

    t.test('live, replayed and in any order: same bytes', async (t) => {
      const text = render(reporter, sampleRun())
      const replayed = sampleRun().map((event) => JSON.parse(JSON.stringify(event)) as RunEvent)
      t.equal(render(reporter, replayed), text)
      for (const seed of [7, 42, 1999]) t.equal(render(reporter, shuffled(sampleRun(), seed)), text)
    })

    t.test('takes every outcome, with and without an observation', async (t) => {
      for (const outcome of outcomes) {
        const cell = sampleCell({ outcome, reason: outcome === 'pass' ? null : 'because' })
        const bare = { expected: null, observed: null, rfc: null, confidence: null, ladder: [] }
        t.match(render(reporter, runOf([cell])), cell.server)
        t.match(render(reporter, runOf([{ ...cell, ...bare }])), cell.server)
        t.doesNotThrow(() => render(reporter, runOf([{ ...cell, reason: null }])))
      }
    })

    t.test('takes an empty log, an empty run, and a log that stops anywhere', async (t) => {
      t.not(render(reporter, []), '')
      t.not(render(reporter, runOf([])), '')
      const events = sampleRun()
      for (let length = 0; length < events.length; length += 11)
        t.not(render(reporter, events.slice(0, length)), '')
    })

    t.test('lets no hostile string through', async (t) => {
      for (const columns of [60, 100]) t.notMatch(render(reporter, hostileRun(), { columns }), raw)
    })
  })
}

/** The sample with every string made hostile that is not one of our own words. */
function hostileRun(): readonly RunEvent[] {
  const ours = new Set([
    'type',
    'outcome',
    'status',
    'tls',
    'from',
    'closedBy',
    'when',
    'startedAt',
    'confidence',
    'win32Confidence',
    'asked',
  ])
  const infect = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return ours.has(key) ? value : `${value}${HOSTILE}`
    if (Array.isArray(value)) return value.map((item) => infect(item, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, infect(child, name)]))
  }
  return sampleRun().map((event) => infect(event, '') as RunEvent)
}
