import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import type { CellFinished } from '../harness/model/event.ts'
import { consoleReporter } from './console.ts'
import { golden, render, runOf, sampleCell, sampleRun } from './testdata/sample.ts'
import { visibleWidth } from './width.ts'

for (const columns of [80, 100, 160]) {
  t.test(`the sample at ${columns} columns is the golden one`, async (t) => {
    const text = render(consoleReporter, sampleRun(), { columns })
    t.equal(text, golden(`console-${columns}.txt`, text))
  })
}

t.test('only ids, paths, addresses and commands may be wider than the terminal', async (t) => {
  for (const columns of [60, 80, 100, 160]) {
    const wide = render(consoleReporter, sampleRun(), { columns })
      .split('\n')
      .filter((line) => visibleWidth(line) > columns)
    t.strictSame(
      wide.filter(
        (line) =>
          !/^(?:[✗!] | {2}(?:transcript|capture) {1,4}| {4}--grep | {2}(?:source)? *(?:\[[\w-]+\] )?https?:)/.test(
            line,
          ),
      ),
      [],
      `${columns} columns`,
    )
  }
})

t.test('no line ends in white space', async (t) => {
  t.notMatch(render(consoleReporter, sampleRun()), /[ \t]$/m)
  t.notMatch(render(consoleReporter, runOf([sampleCell()])), /[ \t]$/m)
})

t.test('colour adds nothing but colour', async (t) => {
  const coloured = render(consoleReporter, sampleRun(), { colour: true })
  t.equal(stripVTControlCharacters(coloured), render(consoleReporter, sampleRun()))
  t.strictSame(
    [...new Set(coloured.match(/\u001b\[\d+m/g))].sort(),
    ['1', '2', '22', '31', '32', '33', '36', '39'].map((code) => `\u001b[${code}m`).sort(),
  )
})

t.test('another client that sees the same is only mentioned', async (t) => {
  const cells = [sampleCell(), sampleCell({ client: 'openssl', id: 'second', index: 1 })]
  const text = render(consoleReporter, runOf(cells))
  t.notMatch(text, 'answered differently')
  const server = { ...sampleRun()[1], name: cells[0]!.server } as const
  t.match(render(consoleReporter, [...runOf(cells), server as CellFinished]), 'same with openssl')
})

t.test('a client that could not run is no difference', async (t) => {
  const other = sampleCell({
    client: 'openssl',
    id: 'second',
    index: 1,
    outcome: 'unavailable',
    reason: 'openssl was not found',
    observed: null,
  })
  const text = render(consoleReporter, runOf([sampleCell(), other]))
  t.notMatch(text, /differ|same with/)
  t.match(text, '1 cell unavailable: openssl was not found')
})

t.test('a server with more policies than fit continues in a further table', async (t) => {
  const cells = Array.from({ length: 12 }, (_, index) =>
    sampleCell({ index, id: `cell-${index}`, policy: `require-variant-${index}` }),
  )
  const text = render(consoleReporter, runOf(cells), { columns: 80 })
  for (const { policy } of cells) t.match(text, policy)
  t.ok(text.split('\n').every((line) => visibleWidth(line) <= 80))
})

t.test('names that are wider than the terminal are cut in the table', async (t) => {
  const cell = sampleCell({ server: 's'.repeat(200), policy: 'p'.repeat(200), identity: 'i'.repeat(200) })
  const text = render(consoleReporter, runOf([cell]), { columns: 60 })
  t.ok(text.split('\n').every((line) => visibleWidth(line) <= 60))
})

t.test('two scenarios with one identity have rows of their own', async (t) => {
  const cells = [
    sampleCell({ scenario: 'client-certificate/presence/correct' }),
    sampleCell({ scenario: 'certificate-request/asked/none', id: 'second', index: 1 }),
    sampleCell({ scenario: 'late/asked/none', id: 'third', index: 2 }),
  ]
  const text = render(consoleReporter, runOf(cells))
  t.match(text, /^correct +200$/m)
  t.match(text, /^correct \(none\) +200$/m)
  t.match(text, /^late\/asked\/none +200$/m)
})

t.test('an interrupted run says so, with its exit code', async (t) => {
  const text = render(
    consoleReporter,
    sampleRun().filter((event) => event.type !== 'run-finished'),
  )
  t.match(text, /^Exit code 130: the log ends after 189 of 189 cells, before the run did\.$/m)
})

/** More answers to situations than anybody reads: the sample's that passed, again and again. */
function manySituations(): readonly CellFinished[] {
  const passed = sampleRun().filter(
    (event): event is CellFinished =>
      event.type === 'cell' && event.scenario.startsWith('iis/') && event.outcome === 'pass',
  )
  return Array.from({ length: 60 }, (_, index) => {
    const topic = ['articles', 'late', 'one-to-one'][index % 3] ?? ''
    const scenario = `iis/${topic}/case-${index}`
    return { ...passed[index % passed.length]!, index, scenario, id: `iis-10/late/${scenario}` }
  })
}

t.test('many situations that passed are one line for each topic, with what they rest on', async (t) => {
  for (const columns of [60, 100]) {
    const text = render(consoleReporter, runOf(manySituations()), { columns })
    t.equal(text, golden(`console-situations-${columns}.txt`, text))
    t.notMatch(text, /case-/)
    t.ok(text.split('\n').every((line) => visibleWidth(line) <= columns))
  }
})

t.test('of many situations those that failed keep their line', async (t) => {
  const [first, second, ...rest] = manySituations()
  const failed = { ...second!, outcome: 'fail', reason: 'because' } as const
  const text = render(consoleReporter, runOf([first!, failed, ...rest]))
  t.match(text, /^✗ case-1 /m)
  t.notMatch(text, /^ {2}case-/m)
  t.match(text, /^iis\/late +19 pass, ✗ 1 fail \(/m)
})

t.test('few situations are listed, each with its confidence', async (t) => {
  const text = render(consoleReporter, runOf(manySituations().slice(0, 9)))
  t.equal(text.match(/^ {2}case-\d .* (?:doc|obs|inf)(?:\/inf)?$/gm)?.length, 9)
  t.notMatch(text, '--grep')
})

t.test('a run of situations alone has no matrix, and names the product', async (t) => {
  const server = sampleRun().find((event) => event.type === 'server' && event.name === 'iis-10')!
  const text = render(consoleReporter, [...runOf(manySituations().slice(0, 9)), server])
  t.notMatch(text, 'What each server')
  t.notMatch(text, 'CA names requested')
  t.match(text, /^iis-10 {2}version 10\.0 \(model\), .*$/m)
})
