import t from 'tap'
import { sourceText } from './source.ts'

const cases = [
  { name: 'words', source: 'nginx 1.22.1, measured', text: 'nginx 1.22.1, measured' },
  { name: 'an address', source: '[acc] https://a.example/b', text: '[acc](https://a.example/b)' },
  {
    name: 'several, with words behind the address and in its place',
    source: '[acc] https://a.example/b (notes); [kb] words; more; [x] http://c.example/',
    text: '[acc](https://a.example/b), \\[kb\\] words; more, [x](http://c.example/)',
  },
  {
    name: 'parentheses and what ends a cell',
    source: '[acc] https://a.example/b(v=90)|c`d',
    text: '[acc](https://a.example/b%28v=90%29%7Cc%60d)',
  },
  { name: 'no web address', source: '[acc] javascript:alert(1)', text: '\\[acc\\] javascript:alert(1)' },
  { name: 'an address that is none', source: '[acc] http://[', text: '\\[acc\\] `http://[`' },
  { name: 'nothing', source: '', text: '' },
] as const

for (const { name, source, text } of cases) {
  t.test(name, async (t) => {
    t.equal(sourceText(source), text)
  })
}
