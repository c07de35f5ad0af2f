/**
 * What node:tls is given for one identity and one kind of request. Parsing a key costs more than a handshake's other
 * set-up, so contexts are kept; sessions are not.
 */
import { constants } from 'node:crypto'
import { createSecureContext, DEFAULT_CIPHERS, type SecureContext } from 'node:tls'
import type { ClientRequest } from '../model/client.ts'
import type { Identity } from '../model/identity.ts'

export type ContextFor = (request: ClientRequest) => SecureContext

export function secureContexts(): ContextFor {
  const ofIdentities = new Map<Identity, Map<string, SecureContext>>()
  return (request) => {
    const contexts = ofIdentities.get(request.identity) ?? new Map<string, SecureContext>()
    ofIdentities.set(request.identity, contexts)
    const key = keyOf(request)
    const context = contexts.get(key) ?? contextOf(request)
    contexts.set(key, context)
    return context
  }
}

/** Everything of the request that contextOf looks at. */
function keyOf({ tls, request: { renegotiation, ciphers = [] } = {} }: ClientRequest): string {
  return [tls, renegotiation === 'refuse' ? 'refuse' : '', ...ciphers].join(' ')
}

function contextOf({ identity, tls, request = {} }: ClientRequest): SecureContext {
  return createSecureContext({
    // From a CA that it verifies with, OpenSSL would complete the client's own chain and send more than the identity.
    ca: [],
    ...(identity.keyPem === null ? {} : { cert: identity.chainPem, key: identity.keyPem }),
    minVersion: `TLSv${tls}`,
    maxVersion: `TLSv${tls}`,
    // Weak identities are the subject: the server must refuse them, not our own security level.
    ciphers: [...ciphersOf(request.ciphers), '@SECLEVEL=0'].join(':'),
    // Answers HelloRequest with the warning no_renegotiation.
    ...(request.renegotiation === 'refuse' ? { secureOptions: constants.SSL_OP_NO_RENEGOTIATION } : {}),
  })
}

/** OpenSSL wants a list for TLS 1.2 also where only TLS 1.3, whose suites begin with TLS_, will be spoken. */
function ciphersOf(ciphers: readonly string[] | undefined): readonly string[] {
  if (ciphers === undefined) return [DEFAULT_CIPHERS]
  return ciphers.every((cipher) => cipher.startsWith('TLS_')) ? [...ciphers, 'DEFAULT'] : ciphers
}
