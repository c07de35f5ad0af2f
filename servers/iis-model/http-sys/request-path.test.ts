import t from 'tap'
import { requestPath } from './request-path.ts'

const cases = [
  { target: '/', path: '/' },
  { target: '/a/b.asp?x=/../y', path: '/a/b.asp' },
  { target: '/a/b/?', path: '/a/b/' },
  { target: '/a%20b%2Fc', path: '/a b/c' },
  { target: '/%C3%A4', path: '/\u00e4' },
  { target: '/%E4', path: '/\u00e4' },
  { target: '/%2541', path: '/%41' },
  { target: '/open/../secret', path: '/secret' },
  { target: '/open/%2e%2e/secret', path: '/secret' },
  { target: '/open/..%2fsecret', path: '/secret' },
  { target: '/open\\..\\secret', path: '/secret' },
  { target: '/open/..', path: '/' },
  { target: '//a//./b/.', path: '/a/b/' },
  { target: 'https://localhost:443/a?b', path: '/a' },
  { target: 'HTTP://localhost', path: '/' },
  { target: '?x', path: '/' },
  { target: '*', path: '/' },
  { target: '', path: '/' },
  { target: '/..', path: null },
  { target: '/a/../../b', path: null },
  { target: '/%', path: null },
  { target: '/%4', path: null },
  { target: '/%zz', path: null },
  { target: '/%00', path: null },
  { target: '/a%0d%0ab', path: null },
  { target: 'a', path: null },
  { target: 'localhost:443', path: null },
] as const

for (const { target, path } of cases) {
  t.test(`${target || 'nothing'} is ${path ?? 'malformed'}`, async (t) => {
    t.equal(requestPath(target), path)
  })
}

t.test('a very long path takes no long time', async (t) => {
  const target = '/..%2f'.repeat(500_000)
  t.equal(requestPath(target), null)
  t.equal(requestPath(`/${'a/'.repeat(500_000)}`)?.length, 1_000_001)
})
