import t from 'tap'
import { wildcard } from './wildcard.ts'

const cases = [
  { pattern: 'alice', text: 'alice', matches: true },
  { pattern: 'alice', text: 'Alice', matches: false },
  { pattern: 'alice', text: 'alice ', matches: false },
  { pattern: '', text: '', matches: true },
  { pattern: '', text: 'a', matches: false },
  { pattern: '*', text: '', matches: true },
  { pattern: '**', text: '', matches: true },
  { pattern: '*', text: 'anything\n', matches: true },
  { pattern: 'a*', text: 'a', matches: true },
  { pattern: 'a*', text: 'ba', matches: false },
  { pattern: '*a', text: 'ba', matches: true },
  { pattern: '*a', text: 'ab', matches: false },
  { pattern: 'a*a', text: 'a', matches: false },
  { pattern: 'a*a', text: 'aa', matches: true },
  { pattern: 'ab*ba', text: 'aba', matches: false },
  { pattern: '*b*', text: 'abc', matches: true },
  { pattern: '*b*b*', text: 'abc', matches: false },
  { pattern: 'a*b*c', text: 'a-c-b-c', matches: true },
  { pattern: 'a*bc*c', text: 'abcbc', matches: true },
  { pattern: '*aab*', text: 'aaab', matches: true },
  { pattern: '*abab*', text: 'abaabab', matches: true },
  { pattern: 'al?ce', text: 'alice', matches: false },
  { pattern: 'al?ce', text: 'al?ce', matches: true },
  { pattern: 'a.c', text: 'abc', matches: false },
  { pattern: '(a+)+$', text: '(a+)+$', matches: true },
] as const

for (const { pattern, text, matches } of cases) {
  t.test(`'${pattern}' ${matches ? 'matches' : 'does not match'} '${text}'`, async (t) => {
    t.equal(wildcard(pattern)(text), matches)
  })
}

t.test('agrees with a regular expression on everything short', async (t) => {
  const words = (length: number, letters: string): readonly string[] =>
    length === 0
      ? ['']
      : words(length - 1, letters).flatMap((word) => [
          word,
          ...letters.split('').map((letter) => word + letter),
        ])
  const patterns = new Set(words(5, 'ab*'))
  const texts = new Set(words(5, 'ab'))
  const wrong: string[] = []
  for (const pattern of patterns) {
    const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`)
    for (const text of texts) {
      if (wildcard(pattern)(text) !== expression.test(text)) wrong.push(`${pattern} ${text}`)
    }
  }
  t.strictSame(wrong, [])
})

const hostile = [
  { name: 'many stars', pattern: `${'a*'.repeat(50_000)}b`, text: 'a'.repeat(100_000) },
  {
    name: 'a long part that nearly fits everywhere',
    pattern: `*b${'a'.repeat(50_000)}*`,
    text: 'a'.repeat(200_000),
  },
  { name: 'a part that fails at its end', pattern: `*${'a'.repeat(50_000)}b*`, text: 'a'.repeat(200_000) },
  { name: 'nothing but stars', pattern: `x${'*'.repeat(200_000)}`, text: 'a'.repeat(200_000) },
] as const

for (const { name, pattern, text } of hostile) {
  // Quadratic time would be ten thousand million steps: the test would not end.
  t.test(`ends soon: ${name}`, async (t) => {
    t.equal(wildcard(pattern)(text), false)
  })
}

t.test('a long pattern costs little for many short texts', async (t) => {
  const matches = wildcard(`*${'a'.repeat(100_000)}*${'*'.repeat(100_000)}`)
  for (let i = 0; i < 100_000; i++) if (matches('a')) t.fail('a match')
})
