import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import t, { type Test } from 'tap'
import { flowOf } from '../model/capture.ts'
import { TappedSocket } from './tapped-socket.ts'
import { newTap, type Tap } from './tap.ts'

const LARGE = Buffer.alloc(5 * 1024 * 1024, 'large')

t.test('it carries both flows and records every byte in the order seen', async (t) => {
  const { socket, tap } = await tapped(t, (socket) => socket.on('data', (bytes) => socket.write(bytes)))
  for (const text of ['one', 'two']) {
    socket.write(text)
    const [bytes] = (await once(socket, 'data')) as [Buffer]
    t.equal(String(bytes), text)
  }
  t.strictSame(
    tap.segments.map(({ from, bytes }) => `${from} ${Buffer.from(bytes).toString()}`),
    ['client one', 'server one', 'client two', 'server two'],
  )
})

t.test('a reader that stops stops the socket, and then gets the whole of it', async (t) => {
  const { socket, tap } = await tapped(t, (peer) => peer.end(LARGE))
  await once(socket, 'readable')
  while (socket.readableLength < socket.readableHighWaterMark)
    await new Promise((resolve) => setImmediate(resolve))
  t.ok(flowOf(tap.segments, 'server').length < LARGE.length, 'the rest waits in the kernel')
  let lengthBytes = 0
  for await (const bytes of socket as AsyncIterable<Buffer>) lengthBytes += bytes.length
  t.equal(lengthBytes, LARGE.length)
  t.equal(flowOf(tap.segments, 'server').length, LARGE.length)
  t.equal(tap.closedBy, 'fin')
})

t.test('a large write is taken at the pace of the peer', async (t) => {
  let lengthBytes = 0
  const { socket } = await tapped(t, (peer) => peer.on('data', (bytes) => (lengthBytes += bytes.length)))
  t.notOk(socket.write(LARGE), 'the writer is told to wait')
  socket.end()
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
    const { socket, tap } = await tapped(t, (socket) => socket.once('data', () => end(socket)))
    socket.write('now')
    t.equal(await endOf(socket), seen)
    t.equal(tap.closedBy, closedBy)
  })
}

t.test('destroying it is the client', async (t) => {
  const { socket, tap } = await tapped(t, () => undefined)
  const closed = once(socket, 'close')
  socket.destroy()
  await closed
  t.equal(tap.closedBy, 'client')
})

t.test('more bytes than the tap keeps are an error, not memory', async (t) => {
  const { socket, tap } = await tapped(t, (socket) => socket.write(LARGE), { tap: newTap(1024 * 1024) })
  t.equal(await endOf(socket), 'ERR_CAPTURE_OVERFLOW')
  t.ok(flowOf(tap.segments, 'server').length <= 1024 * 1024)
})

t.test('TLS over it passes the tap: the first bytes are a ClientHello record', async (t) => {
  const ended: Promise<unknown>[] = []
  const { tap } = await tapped(t, (peer) => peer.once('data', () => peer.end()), {
    beforeConnect: (socket) => {
      const tls = connectTls({ socket, servername: 'localhost' })
      tls.on('error', () => undefined)
      ended.push(new Promise((resolve) => tls.once('close', resolve)))
    },
  })
  await Promise.all(ended)
  t.equal(tap.segments[0]?.from, 'client')
  t.equal(Buffer.from(tap.segments[0]!.bytes).subarray(0, 2).toString('hex'), '1603')
})

interface Tapping {
  readonly tap?: Tap
  readonly beforeConnect?: (socket: Socket) => void
}

async function tapped(t: Test, serve: (socket: Socket) => unknown, tapping: Tapping = {}) {
  const { tap = newTap(), beforeConnect } = tapping
  const peers = new Set<Socket>()
  const server = createServer((peer) => {
    peers.add(peer)
    peer.on('error', () => undefined)
    serve(peer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = new TappedSocket(tap)
  beforeConnect?.(socket)
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1')
  t.teardown(() => {
    socket.destroy()
    for (const peer of peers) peer.destroy()
    server.close()
  })
  return { tap, socket }
}

/** `end`, or the code of the error that came instead. */
function endOf(socket: Socket): Promise<string> {
  socket.resume()
  return new Promise((resolve) => {
    socket.once('end', () => resolve('end'))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}
