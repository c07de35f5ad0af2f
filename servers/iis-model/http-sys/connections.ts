/** The TCP connections of one listener: which clients' ports have ended, and an end for all that are open. */
import type { Server, Socket } from 'node:net'

export interface Connections {
  /** A connection from this port was seen, and nothing more can come from it. */
  hasEnded(clientPort: number): boolean
  destroyAll(): void
}

/** @param onEnd Called after each connection's end. */
export function trackConnections(server: Server, onEnd: () => void): Connections {
  const open = new Set<Socket>()
  const openByPort = new Map<number, Socket>()
  const endedPorts = new Set<number>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    // Read now: a socket that has closed no longer knows.
    const port = socket.remotePort
    if (port !== undefined) {
      endedPorts.delete(port)
      openByPort.set(port, socket)
    }
    socket.once('close', () => {
      open.delete(socket)
      // The TLS socket closes after the TCP socket beneath it, and a request in flight is logged then.
      setImmediate(() => {
        if (port !== undefined && openByPort.get(port) === socket) {
          openByPort.delete(port)
          endedPorts.add(port)
        }
        onEnd()
      })
    })
  })
  return {
    hasEnded: (clientPort) => endedPorts.has(clientPort),
    destroyAll() {
      for (const socket of open) socket.destroy()
    },
  }
}
