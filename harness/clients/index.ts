/** Every client that replays identities. To add one: a file beside this one, and a line here. */
import type { Client } from '../model/client.ts'
import { node } from './node.ts'
import { openssl } from './openssl.ts'

export const clients: readonly Client[] = [node, openssl]
