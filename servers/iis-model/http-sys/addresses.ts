/** Both ends of a TCP connection, as a socket gives them: undefined when it has closed. */
import type { Socket } from 'node:net'

export interface Addresses {
  readonly localAddress: string | undefined
  readonly localPort: number | undefined
  readonly remoteAddress: string | undefined
  readonly remotePort: number | undefined
}

/** To be read early: a socket that has closed no longer knows. */
export const addressesOf = ({ localAddress, localPort, remoteAddress, remotePort }: Socket): Addresses => ({
  localAddress,
  localPort,
  remoteAddress,
  remotePort,
})
