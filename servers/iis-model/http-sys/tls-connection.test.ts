import { constants } from 'node:crypto'
import { connect } from 'node:tls'
import t from 'tap'
import { tlsClientOptions } from '../testdata/fetch-once.ts'
import { identity, serverCaPem, serverIdentity } from '../testdata/site-under-test.ts'
import { Connections } from './connections.ts'
import { listen } from './listener.ts'
import { TlsConnection } from './tls-connection.ts'

t.test('asking within the HTTP parser, while a body is coming, does not enter it again', async (t) => {
  let connection: TlsConnection | undefined
  await using listener = await listen({
    tls: {
      cert: serverIdentity.chainPem,
      key: serverIdentity.keyPem ?? '',
      secureOptions: constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION,
    },
    http2: false,
    host: '127.0.0.1',
    port: 0,
    timeoutMs: 10_000,
    connections: new Connections(() => undefined),
    onSecureConnection(socket) {
      const judge = async () => ({ certificate: null, chain: [], verdict: 0, directoryUser: null })
      connection = new TlsConnection(socket, {
        http2: false,
        askedInHandshake: false,
        timeoutMs: 10_000,
        judge,
      })
    },
    onExchange(exchange) {
      // No await before it: this still runs in the parser.
      void connection?.ask().then(async (asked) => {
        await exchange.body.read(100_000)
        exchange.send({ status: 200, reason: asked, headers: {}, page: '', close: true })
      })
    },
    onError: (error) => t.error(error),
  })
  const client = { tls: '1.2', identity: identity('correct'), serverCaPem } as const
  const socket = connect({ host: '127.0.0.1', port: listener.port, ...tlsClientOptions(client) })
  socket.on('error', () => undefined)
  let text = ''
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\n')
  socket.write(Buffer.alloc(40_000))
  await new Promise((resolve) => socket.once('close', resolve))
  t.match(text, /^HTTP\/1\.1 200 asked\r\n/)
})
