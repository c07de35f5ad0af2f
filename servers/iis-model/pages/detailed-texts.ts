/**
 * What the detailed error page says in words. `sentence` is IIS's own where a source gives it; the others, and every
 * cause and remedy, are ours: they say what section and source know about the code, not what IIS prints.
 */
import type { KnownStatus } from './status-reasons.ts'

export interface DetailedText {
  readonly sentence: string
  /** Where IIS's own sentence is published; null: the words are ours. */
  readonly source: string | null
  readonly causes: readonly string[]
  readonly remedies: readonly string[]
}

const own = (sentence: string, causes: readonly string[], remedies: readonly string[]): DetailedText => ({
  sentence,
  source: null,
  causes,
  remedies,
})

const credentials =
  'You do not have permission to view this directory or page using the credentials that you supplied.'

const texts: Readonly<Partial<Record<KnownStatus, DetailedText>>> = {
  '401.1': {
    sentence: credentials,
    source: '[spike], for the static page',
    causes: [
      'The user name or the password of the certificate mapping is wrong, or the account is disabled, locked out or expired.',
      'The certificate of the mapping cannot be decoded.',
      'The account may not log on with the configured logonMethod.',
    ],
    remedies: [
      'Enter the account of the mapping again.',
      'Write the certificate of the mapping as base64 in one line, without PEM armour.',
    ],
  },
  '401.2': {
    sentence: 'You are not authorized to view this page due to invalid authentication headers.',
    source: '[aligrant] [so52506722]',
    causes: [
      'No authentication method that is enabled found a user: the client certificate is mapped to nobody.',
      'The mapping stands at a level where IIS does not read it.',
      'Authorization rules reject the user.',
    ],
    remedies: [
      'Add the mapping at server or site level.',
      'Enable the authentication method that the client is to use.',
    ],
  },
  '401.3': own(
    'The user who was logged on may not read this resource.',
    ['The access control list of the file or folder denies the mapped account.'],
    ['Give the mapped account the right to read the resource.'],
  ),
  '403.4': own(
    'This page can be viewed over HTTPS only.',
    ['The request came in the clear, and access sslFlags has Ssl.'],
    ['Use https in the address.'],
  ),
  '403.5': own(
    'This page can be viewed with encryption of at least 128 bits only.',
    ['The cipher of the connection is weaker, and access sslFlags has Ssl128.'],
    ['Allow the client a stronger cipher suite.'],
  ),
  '403.7': {
    sentence:
      'The page you are attempting to access requires your browser to have a Secure Sockets Layer (SSL) client certificate that the Web server recognizes.',
    source: '[403-7]',
    causes: [
      'The client has no certificate that it could send, or its user sent none.',
      'The client found no certificate whose issuer the server named.',
    ],
    remedies: [
      'Install a certificate with its private key and the extended key usage of client authentication.',
      'Check the list of issuers that the server sends.',
    ],
  },
  '403.12': own(
    'The account that your client certificate is mapped to may not use this Web site.',
    ['A mapping that denies access matches the certificate.'],
    ['Change the mapping, or use another certificate.'],
  ),
  '403.13': own(
    'Your client certificate was revoked, or its revocation status could not be found out.',
    [
      'The issuer has revoked a certificate of the chain.',
      'A revocation list could not be fetched, or has expired.',
    ],
    [
      'Check that the server reaches every CRL distribution point of the chain, and that the lists are current.',
    ],
  ),
  '403.16': {
    sentence: 'Your client certificate is either not trusted or is invalid.',
    source: '[itq] [403-16]',
    causes: [
      'The root that issued the certificate is not in Trusted Root Certification Authorities of the computer.',
      'Trusted Root Certification Authorities holds a certificate that is not self-signed.',
      'The certificate is not meant for client authentication.',
    ],
    remedies: [
      'Import the root into the store of the computer, not of a user.',
      'Move certificates that are not self-signed to Intermediate Certification Authorities.',
    ],
  },
  '403.17': own(
    'Your client certificate has expired or is not yet valid.',
    [
      'The date lies outside the validity of a certificate of the chain.',
      'The clock of the server is wrong.',
    ],
    ['Renew the certificate.'],
  ),
  '413.0': own(
    'The body of the request is too large to be kept while a client certificate is asked for.',
    ['The body is larger than uploadReadAheadSize, and the certificate is asked for after the handshake.'],
    ['Raise uploadReadAheadSize.', 'Have the binding negotiate the client certificate in the handshake.'],
  ),
  '500.0': own(
    'The client certificate could not be asked for.',
    ['The connection is TLS 1.3, and the client does not support post-handshake authentication.'],
    [
      'Have the binding negotiate the client certificate in the handshake.',
      'Turn TLS 1.3 off for the binding.',
    ],
  ),
}

/** `reason` stands in where the code has no words of its own. */
export function detailedText(code: string, reason: string | null): DetailedText {
  const known = Object.hasOwn(texts, code) ? texts[code as KnownStatus] : undefined
  return known ?? own(reason ?? 'The request could not be served.', [], [])
}
