/** Node's own https server, in this process: OpenSSL verifies, Node decides in JavaScript, after the handshake. */
import { unavailable } from '../../harness/model/availability.ts'
import type { ServerBackend } from '../../harness/model/server.ts'
import { policies, reasonsFor } from './answers.ts'
import { start } from './start.ts'

export const nodeHttps: ServerBackend = {
  name: 'node-https',
  title: "Node's https server",
  backends: ['embedded'],
  features: new Set(['tls1.2', 'tls1.3']),
  tls: ['1.2', '1.3'],
  policies,
  async probe(backend) {
    if (backend !== 'embedded') {
      return unavailable('node-https runs inside this process only: use --backend embedded')
    }
    return {
      available: true,
      version: process.versions.node,
      tlsLibrary: `OpenSSL ${process.versions.openssl}`,
    }
  },
  start,
  substatusOf: () => null,
  reasonsFor,
}
