import { once } from 'node:events'
import { createServer, Socket, type AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { PatientSocket } from './patient-socket.ts'

/** The server answers and resets in one breath; before the client has read of it, the client writes on. */
async function writesIntoReset(t: Test, client: Socket) {
  const server = createServer((peer) => {
    peer.once('data', () => {
      peer.write('the answer')
      peer.resetAndDestroy()
      client.write('more')
    })
  })
  t.teardown(() => {
    client.destroy()
    server.close()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const heard: string[] = []
  client.on('data', (bytes: Buffer) => heard.push(String(bytes)))
  client.on('error', (error: NodeJS.ErrnoException) => heard.push(error.code ?? ''))
  const ended = new Promise((resolve) => {
    client.once('end', resolve)
    client.once('close', resolve)
  })
  client.connect((server.address() as AddressInfo).port, '127.0.0.1', () => client.write('a request'))
  await ended
  return heard
}

t.test('reads what came before the reset, though it was writing', async (t) => {
  let resets = 0
  const client = new PatientSocket({ allowHalfOpen: true }, () => resets++)
  t.strictSame(await writesIntoReset(t, client), ['the answer'])
  t.equal(resets, 1)
})

t.test('an ordinary socket does not, which is why', async (t) => {
  t.notOk((await writesIntoReset(t, new Socket({ allowHalfOpen: true }))).includes('the answer'))
})

t.test('a connection that never was fails as ever', async (t) => {
  let resets = 0
  const client = new PatientSocket({}, () => resets++)
  client.connect(1, '127.0.0.1')
  client.write('waits for the connection')
  const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException]
  t.equal(error.code, 'ECONNREFUSED')
  t.equal(resets, 0)
})
