/**
 * The WWW-Authenticate values of a 401: one for each enabled scheme that has a challenge. RFC 9110 §11.6.1.
 * The order is inferred. Credentials for Negotiate, NTLM and Digest are not understood: the model knows no such logon.
 */
import { randomBytes } from 'node:crypto'
import type { PipelineRequest } from './request.ts'

export function challengesOf({ settings, host }: PipelineRequest): readonly string[] {
  const { basicAuthentication, windowsAuthentication, digestAuthentication } = settings.authentication
  return [
    ...(windowsAuthentication.enabled ? ['Negotiate', 'NTLM'] : []),
    // Without a realm IIS names the host that the client named (inferred).
    ...(basicAuthentication.enabled
      ? [`Basic realm=${quoted(basicAuthentication.realm || host || 'localhost')}`]
      : []),
    ...(digestAuthentication.enabled
      ? [`Digest qop="auth",algorithm=MD5-sess,nonce="${nonce()}",charset=utf-8,realm="Digest"`]
      : []),
  ]
}

const nonce = (): string => randomBytes(32).toString('hex')

/** A quoted-string of RFC 9110 §5.6.4. What no header can carry becomes a question mark: both sources are strangers. */
const quoted = (text: string): string =>
  `"${text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, (special) => `\\${special}`)}"`
