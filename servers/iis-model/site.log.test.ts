/** When a line of a site's log is there for whoever asks for it. Its format is log/. */
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import t from 'tap'
import { fetchOnce } from './testdata/fetch-once.ts'
import { holdRevocation } from './testdata/hold-revocation.ts'
import { early, identity, logged, serverCaPem, start } from './testdata/site-under-test.ts'

const missing = identity('missing')
const correct = identity('correct')

t.test('who asks for a line that does not come is told at the deadline', async (t) => {
  const { site } = await start(t, { sslCert: early })
  const socket = connect({ host: '127.0.0.1', port: site.port })
  await once(socket, 'connect')
  const deadline = new AbortController()
  const entry = site.serverLog(
    { policy: '', nonce: 'd', clientPort: socket.localPort ?? null },
    deadline.signal,
  )
  deadline.abort()
  t.equal(await entry, null)
  socket.destroy()
})

t.test('who asks before the request gets the line when it is written', async (t) => {
  const { site } = await start(t, { sslCert: early })
  const entry = logged(site, 'e')
  await fetchOnce({ port: site.port, tls: '1.3', identity: correct, serverCaPem, target: '/?cell=e' })
  t.match(await entry, { status: 200, substatus: 0 })
})

t.test('a log that cannot be written is a failure of the site, not of the request', async (t) => {
  const failures: string[] = []
  const { site, directory } = await start(t, {
    sslCert: early,
    options: { onFailure: (reason) => failures.push(reason) },
  })
  await rm(join(directory, 'W3SVC1'), { recursive: true })
  const request = { port: site.port, tls: '1.3', identity: correct, serverCaPem, target: '/?cell=f' } as const
  t.equal((await fetchOnce(request)).status, 200)
  await site[Symbol.asyncDispose]()
  t.match(failures, [/^the W3C log cannot be written: ENOENT/])
})

t.test('a client that goes away while its certificate is judged is logged all the same', async (t) => {
  const held = holdRevocation()
  const { site } = await start(t, { sslCert: early, options: { revocation: held.revocation } })
  const options = { port: site.port, host: '127.0.0.1', ca: serverCaPem, servername: 'localhost' }
  const socket = connectTls({ ...options, cert: correct.chainPem, key: correct.keyPem ?? '' })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  const clientPort = socket.localPort ?? null
  await new Promise<void>((resolve) =>
    socket.write('GET /?cell=a HTTP/1.1\r\nHost: a\r\n\r\n', () => resolve()),
  )
  await held.reached
  socket.destroy()
  const entry = logged(site, 'a', clientPort)
  // Of this one nothing has to be judged. When it is served, the end of the other has been seen.
  await fetchOnce({ port: site.port, tls: '1.2', identity: missing, serverCaPem, target: '/' })
  held.release()
  t.match(await entry, { status: 200 })
})
