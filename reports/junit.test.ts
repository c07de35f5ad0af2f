import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import type { RunEvent } from '../harness/model/event.ts'
import { junit } from './junit.ts'
import { golden, render, runOf, sampleCell, sampleRun } from './testdata/sample.ts'

const schema = fileURLToPath(new URL('testdata/junit.xsd', import.meta.url))
const xmllint = spawnSync('xmllint', ['--version']).error === undefined
const skip = xmllint ? false : 'xmllint is not installed (libxml2-utils)'

function validate(text: string): void {
  execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], { input: text, stdio: 'pipe' })
}

const HOSTILE = `<b a="x">&amp;]]>'\u0000\u001b[31m\u202e\u2028\ud800\ufffe\uffff--><!--`

const runs: Readonly<Record<string, readonly RunEvent[]>> = {
  'the sample': sampleRun(),
  'an empty log': [],
  'a run without cells': runOf([]),
  'an interrupted run': sampleRun().slice(0, 40),
  'hostile strings everywhere': runOf([
    sampleCell({
      id: HOSTILE,
      server: HOSTILE,
      policy: HOSTILE,
      outcome: 'fail',
      reason: HOSTILE,
      title: HOSTILE,
    }),
    sampleCell({ id: `${HOSTILE}2`, outcome: 'unavailable', reason: HOSTILE }),
    sampleCell({
      outcome: 'error',
      reason: HOSTILE,
      ladder: [{ from: 'client', encrypted: true, label: HOSTILE, detail: HOSTILE }],
    }),
  ]),
}

t.test('the sample is the golden one', async (t) => {
  const text = render(junit, sampleRun())
  t.equal(text, golden('junit.xml', text))
})

for (const [name, events] of Object.entries(runs)) {
  t.test(`${name} has nothing that XML 1.0 forbids`, async (t) => {
    // XML 1.0 §2.2, Char.
    t.notMatch(render(junit, events), /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
  })
  t.test(`${name} is well-formed and valid`, { skip }, async (t) => {
    t.doesNotThrow(() => validate(render(junit, events)))
  })
}

t.test('the schema refuses what it should', { skip }, async (t) => {
  const text = render(junit, runOf([sampleCell()]))
  t.doesNotThrow(() => validate(text))
  t.throws(() => validate(text.replace(/ classname="[^"]*"/, '')))
})

t.test('counts agree with elements', async (t) => {
  const text = render(junit, sampleRun())
  const elements = (name: string) => text.match(new RegExp(`<${name}[ >]`, 'g'))?.length
  const root = /<testsuites[^>]* tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(text)
  t.strictSame(root?.slice(1).map(Number), ['testcase', 'failure', 'error', 'skipped'].map(elements))
})

t.test('a run that did not come to its end has an error', async (t) => {
  const text = render(junit, sampleRun().slice(0, 40))
  t.match(text, '<error message="the log ends after 34 of 189 cells, before the run did" type="incomplete"/>')
})

t.test('a dot in a name does not move the class', async (t) => {
  t.match(render(junit, runOf([sampleCell({ server: 'iis-7.5' })])), 'classname="iis-7_5.none"')
})
