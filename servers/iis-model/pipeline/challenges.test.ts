import t from 'tap'
import { challengesOf } from './challenges.ts'
import { request } from './testdata/requests.ts'

const on = { enabled: true } as const
const basic = (realm: string) => ({ ...on, realm, defaultLogonDomain: '', logonMethod: 'ClearText' }) as const

const cases = [
  { name: 'nothing', authentication: {}, challenges: [] },
  { name: 'Windows', authentication: { windowsAuthentication: on }, challenges: ['Negotiate', 'NTLM'] },
  {
    name: 'Basic',
    authentication: { basicAuthentication: basic('Here') },
    challenges: ['Basic realm="Here"'],
  },
  {
    name: 'Basic without a realm',
    authentication: { basicAuthentication: basic('') },
    host: 'site.test',
    challenges: ['Basic realm="site.test"'],
  },
  {
    name: 'Basic without realm and host',
    authentication: { basicAuthentication: basic('') },
    challenges: ['Basic realm="localhost"'],
  },
  {
    name: 'a realm that would end the header',
    authentication: { basicAuthentication: basic('a"b\\c\r\nSet-Cookie: d=ë😀') },
    challenges: ['Basic realm="a\\"b\\\\c??Set-Cookie: d=???"'],
  },
  {
    name: 'two schemes',
    authentication: { basicAuthentication: basic('Here'), windowsAuthentication: on },
    challenges: ['Negotiate', 'NTLM', 'Basic realm="Here"'],
  },
] as const

for (const { name, authentication, challenges, ...parts } of cases) {
  t.test(name, async (t) => {
    t.strictSame(challengesOf(request({ authentication, ...parts })), challenges)
  })
}

t.test('Digest has another nonce each time', async (t) => {
  const asked = () => challengesOf(request({ authentication: { digestAuthentication: on } }))
  const [first = ''] = asked()
  t.match(first, /^Digest qop="auth",algorithm=MD5-sess,nonce="[0-9a-f]{64}",charset=utf-8,realm="Digest"$/)
  t.notSame(asked(), [first])
})
