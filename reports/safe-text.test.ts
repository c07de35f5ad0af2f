import t from 'tap'
import { safeText } from './safe-text.ts'

const cases = [
  { name: 'plain ASCII stays', text: 'CN=expired, O=Countersign', safe: 'CN=expired, O=Countersign' },
  { name: 'letters of any script stay', text: 'Zoë Ωμέγα 証明書 é', safe: 'Zoë Ωμέγα 証明書 é' },
  { name: 'markup is not its business', text: '<b>]]>&"', safe: '<b>]]>&"' },
  {
    name: 'C0 controls',
    text: 'a\u0000b\tc\nd\re\u001b[31m',
    safe: 'a\\u{0}b\\u{9}c\\u{a}d\\u{d}e\\u{1b}[31m',
  },
  { name: 'DEL and C1 controls', text: '\u007f\u0085\u009b31m', safe: '\\u{7f}\\u{85}\\u{9b}31m' },
  { name: 'bidi embeddings and overrides', text: '\u202a\u202e', safe: '\\u{202a}\\u{202e}' },
  { name: 'bidi isolates', text: '\u2066x\u2069', safe: '\\u{2066}x\\u{2069}' },
  { name: 'bidi marks', text: '\u200e\u200f\u061c', safe: '\\u{200e}\\u{200f}\\u{61c}' },
  { name: 'zero-width characters', text: 'a\u200bb\ufeff', safe: 'a\\u{200b}b\\u{feff}' },
  { name: 'line and paragraph separators', text: '\u2028\u2029', safe: '\\u{2028}\\u{2029}' },
  { name: 'a lone high surrogate', text: 'a\ud800b', safe: 'a\\u{d800}b' },
  { name: 'a lone low surrogate', text: 'a\udc00b', safe: 'a\\u{dc00}b' },
  { name: 'a surrogate pair is one character', text: '\u{1f512}', safe: '\u{1f512}' },
  { name: 'noncharacters', text: '\ufffe\uffff\u{1ffff}', safe: '\\u{fffe}\\u{ffff}\\u{1ffff}' },
  { name: 'tag characters', text: 'a\u{e0041}', safe: 'a\\u{e0041}' },
] as const

for (const { name, text, safe } of cases) {
  t.test(name, async (t) => {
    t.equal(safeText(text), safe)
    t.equal(safeText(safe), safe, 'safe text is not changed again')
  })
}
