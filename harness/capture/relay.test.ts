import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { flowOf } from '../model/capture.ts'
import { openRelay, type Relay } from './relay.ts'
import { newTap, type Tap } from './tap.ts'

const never = () => new AbortController().signal
const LARGE = Buffer.alloc(5 * 1024 * 1024, 'large')

t.test('it carries both flows and records every byte in the order seen', async (t) => {
  const { client, relay } = await through(t, (socket) => socket.on('data', (bytes) => socket.write(bytes)))
  for (const text of ['one', 'two']) {
    client.write(text)
    t.equal(String(await nextData(client)), text)
  }
  t.strictSame(
    relay.tap.segments.map(({ from, bytes }) => `${from} ${Buffer.from(bytes).toString()}`),
    ['client one', 'server one', 'client two', 'server two'],
  )
})

t.test('its port is the one that the server sees', async (t) => {
  let seen: number | undefined
  const { client, relay } = await through(t, (socket) => {
    seen = socket.remotePort
    socket.write('hello')
  })
  await nextData(client)
  t.equal(relay.clientPort, seen)
  t.not(relay.clientPort, client.localPort)
  t.equal(relay.connectError, null)
})

t.test('a large answer arrives whole at a client that reads slowly', async (t) => {
  const { client, relay } = await through(t, (socket) => socket.end(LARGE))
  let lengthBytes = 0
  client.on('data', (bytes) => {
    lengthBytes += bytes.length
    client.pause()
    setImmediate(() => client.resume())
  })
  await once(client, 'end')
  client.end()
  await relay.finished(never())
  t.equal(lengthBytes, LARGE.length)
  t.equal(flowOf(relay.tap.segments, 'server').length, LARGE.length)
})

const endings = [
  {
    name: 'a FIN of the server is a FIN',
    end: (socket: Socket) => socket.end(),
    closedBy: 'fin',
    seen: 'end',
  },
  {
    name: 'a reset by the server is a reset',
    end: (socket: Socket) => socket.resetAndDestroy(),
    closedBy: 'rst',
    seen: 'ECONNRESET',
  },
] as const

for (const { name, end, closedBy, seen } of endings) {
  t.test(name, async (t) => {
    const { client, relay } = await through(t, (socket) => socket.once('data', () => end(socket)))
    client.write('now')
    t.equal(await endOf(client), seen)
    await relay.finished(never())
    t.equal(relay.tap.closedBy, closedBy)
  })
}

t.test('a client that hangs up ends the connection itself, and the server sees it', async (t) => {
  const { client, relay, peer } = await through(t, () => undefined)
  client.end('bye')
  t.equal(await endOf(await peer), 'end')
  await relay.finished(never())
  t.equal(relay.tap.closedBy, 'client')
})

t.test('the first cause of an end stays the cause', async (t) => {
  const { client, relay } = await through(t, (socket) => socket.once('data', () => socket.end()))
  client.write('now')
  await endOf(client)
  await relay.finished(never())
  relay.tap.closed('timeout')
  t.equal(relay.tap.closedBy, 'fin')
})

t.test('a server that is not there is told by its code, and is a reset to the client', async (t) => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  await once(closed, 'close')
  const relay = await openRelay({ host: '127.0.0.1', port })
  t.teardown(() => relay[Symbol.asyncDispose]())
  const client = connect({ host: '127.0.0.1', port: relay.port })
  t.equal(await endOf(client), 'ECONNRESET')
  t.equal(relay.clientPort, null)
  t.match(relay.connectError, { code: 'ECONNREFUSED', message: String(port) })
})

t.test('a server that never closes is not waited for after the signal', async (t) => {
  const { client, relay, peer } = await through(t, () => undefined, { allowHalfOpen: true })
  client.end('bye')
  t.equal(await endOf(await peer), 'end')
  const abort = new AbortController()
  const finished = relay.finished(abort.signal)
  abort.abort()
  await finished
  t.equal(relay.tap.closedBy, 'client')
})

t.test('more bytes than the tap keeps cut both sides off', async (t) => {
  const { client, relay } = await through(t, (socket) => socket.write(LARGE), {}, newTap(1024 * 1024))
  t.equal(await endOf(client), 'ECONNRESET')
  await relay.finished(never())
  t.equal(relay.tap.closedBy, 'client')
  t.ok(flowOf(relay.tap.segments, 'server').length <= 1024 * 1024)
})

t.test('it takes one connection only, and none once it is disposed of', async (t) => {
  const { client, relay } = await through(t, (socket) => socket.write('hello'))
  await nextData(client)
  t.equal(await endOf(connect({ host: '127.0.0.1', port: relay.port })), 'ECONNREFUSED')
  const ended = endOf(client)
  await relay[Symbol.asyncDispose]()
  await relay[Symbol.asyncDispose]()
  t.match(await ended, /^(end|ECONNRESET)$/)
})

t.test('one that no client came to is finished at once', async (t) => {
  const relay = await openRelay({ host: '127.0.0.1', port: 1 })
  await relay.finished(never())
  await relay[Symbol.asyncDispose]()
  t.equal(relay.clientPort, null)
  t.equal(await endOf(connect({ host: '127.0.0.1', port: relay.port })), 'ECONNREFUSED')
})

interface Through {
  readonly client: Socket
  readonly relay: Relay
  /** The server's socket. */
  readonly peer: Promise<Socket>
}

/** A client that is connected through a relay to a server that does `serve`. */
async function through(
  t: Test,
  serve: (socket: Socket) => unknown,
  options: { readonly allowHalfOpen?: boolean } = {},
  tap: Tap = newTap(),
): Promise<Through> {
  const sockets = new Set<Socket>()
  const server = createServer(options, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    serve(socket)
  })
  const peer = once(server, 'connection').then(([socket]) => socket as Socket)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const relay = await openRelay({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, { tap })
  const client = connect({ host: '127.0.0.1', port: relay.port })
  client.on('error', () => undefined)
  t.teardown(async () => {
    client.destroy()
    await relay[Symbol.asyncDispose]()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await once(client, 'connect')
  return { client, relay, peer }
}

async function nextData(socket: Socket): Promise<Buffer> {
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  return bytes
}

/** `end`, or the code of the error that came instead. */
function endOf(socket: Socket): Promise<string> {
  socket.resume()
  return new Promise((resolve) => {
    socket.once('end', () => resolve('end'))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}
