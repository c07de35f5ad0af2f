/**
 * Files with random damage are either read or refused with a position, and never end in another exception. The numbers
 * come from a seed, which is printed: SEED=n runs another set.
 */
import t from 'tap'
import { HarnessError } from '../../../harness/model/errors.ts'
import { readConfiguration } from './read-configuration.ts'
import { applicationHost, webConfig } from './testdata/sample.ts'

const seed = Number(process.env['SEED'] ?? 20_261_120)

/** Of each file and kind of damage. */
const rounds = 25

/** Marsaglia's xorshift32: the same numbers in every run. */
function random(from: number): (below: number) => number {
  let state = from
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

type Below = (below: number) => number

/** A match of the pattern somewhere in the text, replaced. */
function changeOne(text: string, pattern: RegExp, below: Below, change: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)]
  const match = matches[below(matches.length)]!
  return text.slice(0, match.index) + change(match[0]) + text.slice(match.index + match[0].length)
}

function randomText(below: Below): string {
  return Array.from({ length: 1 + below(8) }, () => String.fromCharCode(below(256))).join('')
}

const damages: Readonly<Record<string, (text: string, below: Below) => string>> = {
  'cut off': (text, below) => text.slice(0, below(text.trimEnd().length)),
  'two characters swapped': (text, below) => {
    const at = below(text.length - 1)
    return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
  },
  'a tag deleted': (text, below) => changeOne(text, /<\/?[\w.]+[^>]*>/g, below, () => ''),
  'an attribute doubled': (text, below) =>
    changeOne(text, / [\w.]+="[^"]*"/g, below, (match) => match + match),
  'a value replaced': (text, below) => changeOne(text, /="[^"]*"/g, below, () => '="Nonsense"'),
  'the encoding misread': (text, below) =>
    Buffer.from(text, below(2) === 0 ? 'utf16le' : 'utf8')
      .subarray(below(2))
      .toString(below(2) === 0 ? 'latin1' : 'utf16le'),
  'bytes replaced': (text, below) => {
    const bytes = Buffer.from(text)
    for (let left = 1 + below(3); left > 0; left--) bytes[below(bytes.length)] = below(256)
    return bytes.toString('utf8')
  },
  'text put in': (text, below) => {
    const at = below(text.length)
    return text.slice(0, at) + randomText(below) + text.slice(at)
  },
  'a letter in another case': (text, below) =>
    changeOne(
      text,
      /(?<=<\/?)[\w.]+|(?<= )\w+(?==)/g,
      below,
      (match) => match.charAt(0).toUpperCase() + match.slice(1),
    ),
  'an element repeated': (text, below) =>
    changeOne(text, /<[\w.]+[^>]*\/>/g, below, (match) => match + match),
}

const samples = {
  'applicationHost.config': (text: string) =>
    readConfiguration({ applicationHost: { ...applicationHost, text } }),
  'web.config': (text: string) =>
    readConfiguration({ applicationHost, webConfigs: [{ ...webConfig, text }] }),
}

t.comment(`SEED=${seed}`)
const below = random(seed)
let refused = 0

for (const [sample, read] of Object.entries(samples)) {
  const whole = sample === webConfig.name ? webConfig.text : applicationHost.text
  for (const [damage, damaged] of Object.entries(damages)) {
    t.test(`${sample}, ${damage}`, async (t) => {
      for (let round = 0; round < rounds; round++) {
        const text = damaged(whole, below)
        try {
          for (const { settingsFor } of read(text).sites) settingsFor('/app/health/ping.aspx')
        } catch (thrown) {
          refused++
          const clean =
            thrown instanceof HarnessError &&
            thrown.code === 'ERR_IIS_CONFIGURATION' &&
            new RegExp(`^${sample}:[1-9]\\d*:[1-9]\\d*$`).test(thrown.where ?? '') &&
            thrown.message.length < 500 &&
            (thrown.hint ?? '') !== ''
          if (!clean) t.fail(`SEED=${seed}, round ${round}`, { thrown, text })
        }
      }
    })
  }
}

t.test('most of it is noticed', async (t) => {
  const files = Object.keys(samples).length * Object.keys(damages).length * rounds
  t.comment(`${refused} of ${files} damaged files were refused`)
  t.ok(refused >= 100 && refused > files / 2, `${refused} of ${files}`)
})
