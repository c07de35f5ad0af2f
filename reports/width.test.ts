import t from 'tap'
import { cut, fill, visibleWidth, wrap, wrapWhole } from './width.ts'

t.test('characters take the columns of a terminal', async (t) => {
  t.equal(visibleWidth('unknown_ca'), 10)
  t.equal(visibleWidth('✗ ─ ►'), 5)
  t.equal(visibleWidth('e\u0301'), 1, 'a combining accent takes none')
  t.equal(visibleWidth('証明'), 4, 'East Asian wide characters take two')
  t.equal(visibleWidth('🔒'), 2, 'emoji take two')
})

t.test('fills on the right and never shortens', async (t) => {
  t.equal(fill('200', 5), '200  ')
  t.equal(fill('証', 4), '証  ')
  t.equal(fill('403.16', 3), '403.16')
})

t.test('cuts with an ellipsis that counts', async (t) => {
  t.equal(cut('certificate_required', 20), 'certificate_required')
  t.equal(cut('certificate_required', 12), 'certificate…')
  t.equal(cut('証明書', 4), '証…')
  t.equal(cut('abc', 0), '')
})

t.test('wraps at spaces and breaks only what is longer than a line', async (t) => {
  t.strictSame(wrap('one two three', 7), ['one two', 'three'])
  t.strictSame(wrap('', 7), [''])
  t.strictSame(wrap('abcdefgh ij', 4), ['abcd', 'efgh', 'ij'])
  t.strictSame(wrap('ab', 0), ['a', 'b'], 'a line has room for one character at least')
  t.strictSame(wrap('証明書', 1), ['証', '明', '書'], 'also when that is too wide')
})

t.test('wraps at spaces alone where words are to be copied', async (t) => {
  t.strictSame(wrapWhole('see https://a.example/b c', 5), ['see', 'https://a.example/b', 'c'])
})
