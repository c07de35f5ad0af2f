import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import t, { type Test } from 'tap'
import { flowOf } from '../model/capture.ts'
import { tapSocket } from './tapped-socket.ts'
import { newTap, type Tap } from './tap.ts'

const LARGE = Buffer.alloc(5 * 1024 * 1024, 'large')

t.test('it carries both flows and records every byte in the order seen', async (t) => {
  const { duplex, tap } = await tapped(t, (socket) => socket.on('data', (bytes) => socket.write(bytes)))
  for (const text of ['one', 'two']) {
    duplex.write(text)
    const [bytes] = (await once(duplex, 'data')) as [Buffer]
    t.equal(String(bytes), text)
  }
  t.strictSame(
    tap.segments.map(({ from, bytes }) => `${from} ${Buffer.from(bytes).toString()}`),
    ['client one', 'server one', 'client two', 'server two'],
  )
})

t.test('a reader that stops stops the socket, and then gets the whole of it', async (t) => {
  const { duplex, tap, socket } = await tapped(t, (peer) => peer.end(LARGE))
  await once(duplex, 'readable')
  while (!socket.isPaused()) await new Promise((resolve) => setImmediate(resolve))
  t.ok(flowOf(tap.segments, 'server').length < LARGE.length, 'the rest waits in the kernel')
  let lengthBytes = 0
  for await (const bytes of duplex as AsyncIterable<Buffer>) lengthBytes += bytes.length
  t.equal(lengthBytes, LARGE.length)
  t.equal(flowOf(tap.segments, 'server').length, LARGE.length)
  t.equal(tap.closedBy, 'fin')
})

t.test('a large write is taken at the pace of the peer', async (t) => {
  let lengthBytes = 0
  const { duplex, socket } = await tapped(t, (peer) =>
    peer.on('data', (bytes) => (lengthBytes += bytes.length)),
  )
  t.notOk(duplex.write(LARGE), 'the writer is told to wait')
  duplex.end()
  // The peer has read everything when it answers our FIN with its own.
  await once(socket.resume(), 'end')
  t.equal(lengthBytes, LARGE.length)
})

const endings = [
  { name: 'a FIN', end: (socket: Socket) => socket.end(), closedBy: 'fin', seen: 'end' },
  {
    name: 'a reset',
    end: (socket: Socket) => socket.resetAndDestroy(),
    closedBy: 'rst',
    seen: 'ECONNRESET',
  },
] as const

for (const { name, end, closedBy, seen } of endings) {
  t.test(`${name} by the server is '${closedBy}'`, async (t) => {
    const { duplex, tap } = await tapped(t, (socket) => socket.once('data', () => end(socket)))
    duplex.write('now')
    t.equal(await endOf(duplex), seen)
    t.equal(tap.closedBy, closedBy)
  })
}

t.test('destroying it destroys the socket, and that is the client', async (t) => {
  const { duplex, tap, socket } = await tapped(t, () => undefined)
  const closed = once(socket, 'close')
  duplex.destroy()
  await closed
  t.equal(tap.closedBy, 'client')
})

t.test('more bytes than the tap keeps are an error, not memory', async (t) => {
  const { duplex, tap } = await tapped(t, (socket) => socket.write(LARGE), newTap(1024 * 1024))
  t.equal(await endOf(duplex), 'ERR_CAPTURE_OVERFLOW')
  t.ok(flowOf(tap.segments, 'server').length <= 1024 * 1024)
})

async function tapped(t: Test, serve: (socket: Socket) => unknown, tap: Tap = newTap()) {
  const peers = new Set<Socket>()
  const server = createServer((peer) => {
    peers.add(peer)
    peer.on('error', () => undefined)
    serve(peer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const duplex = tapSocket(socket, tap)
  t.teardown(() => {
    duplex.destroy()
    for (const peer of peers) peer.destroy()
    server.close()
  })
  return { duplex, tap, socket }
}

/** `end`, or the code of the error that came instead. */
function endOf(duplex: Duplex): Promise<string> {
  duplex.resume()
  return new Promise((resolve) => {
    duplex.once('end', () => resolve('end'))
    duplex.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}
