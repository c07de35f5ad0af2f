/** A TCP relay whose client falls silent: for the server, one that leaves a HelloRequest without an answer. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface SilentRelay extends AsyncDisposable {
  readonly port: number
  /** What the client sends after the server's next bytes does not arrive. Resolves with these bytes. */
  silenceAfterNext(): Promise<void>
}

export async function silentRelay(serverPort: number): Promise<SilentRelay> {
  let isSilent = false
  let heard: () => void = () => undefined
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: serverPort })
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => [client, upstream].forEach((each) => each.destroy()))
    }
    client.on('data', (bytes: Buffer) => {
      if (!isSilent) upstream.write(bytes)
    })
    upstream.on('data', (bytes: Buffer) => {
      heard()
      client.write(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    silenceAfterNext: () =>
      new Promise((resolve) => {
        heard = () => {
          isSilent = true
          resolve()
        }
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
