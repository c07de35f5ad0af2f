import { connect } from 'node:tls'
import t from 'tap'
import type { Binding } from '../configuration/settings.ts'
import { start } from '../testdata/site-under-test.ts'
import { serverNames } from './server-name.ts'

const https = (bindingInformation: string, sslFlags: number): Binding => ({
  protocol: 'https',
  bindingInformation,
  sslFlags,
})
const http: Binding = { protocol: 'http', bindingInformation: '*:80:', sslFlags: 0 }

const cases = [
  { name: 'no flag: every name', bindings: [https('*:443:', 0)], names: null },
  { name: 'a host without the flag: every name', bindings: [https('*:443:a.test', 0)], names: null },
  { name: 'SNI: its host alone', bindings: [https('*:443:A.test', 1)], names: ['a.test'] },
  { name: 'SNI among other bits', bindings: [https('*:443:a.test', 37), http], names: ['a.test'] },
  {
    name: 'two hosts',
    bindings: [https('[::1]:443:a.test', 1), https('*:443:b.test', 1)],
    names: ['a.test', 'b.test'],
  },
  {
    name: 'SNI beside a binding for everybody',
    bindings: [https('*:443:a.test', 1), https('*:443:', 0)],
    names: null,
  },
] as const

for (const { name, bindings, names } of cases) {
  t.test(name, async (t) => {
    const found = serverNames(bindings)
    t.strictSame(found && [...found], names)
  })
}

t.test('a binding with SNI answers to its name, and to no other', async (t) => {
  const { site } = await start(t, { sslFlags: ['Ssl'], bindings: [https('*:443:a.test', 1)] })
  t.equal(await statusFor(site.port, 'a.test'), 'HTTP/1.1 200 OK')
  t.equal(await statusFor(site.port, 'b.test'), 'no answer')
  t.equal(await statusFor(site.port, null), 'no answer')
  t.equal(await statusFor(site.port, 'A.TEST'), 'HTTP/1.1 200 OK')
})

function statusFor(port: number, servername: string | null): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ...(servername === null ? {} : { servername }),
    })
    let text = ''
    socket.write('GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n')
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text.split('\r\n')[0] || 'no answer'))
  })
}
