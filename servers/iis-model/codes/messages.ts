/**
 * What FormatMessage says to each code, in English. `public` texts are the MessageText comments of the SDK's winerror.h
 * as public copies of it print them; for `ours` the wording differs between Windows versions, or no copy was compared,
 * and the sentence is our own. They are for people: IIS itself prints them in traces only, never on a page or in the log.
 */
import { namedCode } from './dictionary.ts'
import type { CodeName } from './dictionary.ts'

interface Message {
  readonly text: string
  readonly from: 'public' | 'ours'
}

const stated = (text: string): Message => ({ text, from: 'public' })
const ours = (text: string): Message => ({ text, from: 'ours' })

const messages: Readonly<Record<CodeName, Message>> = {
  CERT_E_EXPIRED: stated(
    'A required certificate is not within its validity period when verifying against the current system clock or the timestamp in the signed file.',
  ),
  CERT_E_VALIDITYPERIODNESTING: stated(
    'The validity periods of the certification chain do not nest correctly.',
  ),
  CERT_E_ROLE: ours('A certificate for an end entity is used as a CA, or the other way round.'),
  CERT_E_CRITICAL: ours('A certificate has a critical extension that is not known.'),
  CERT_E_PURPOSE: ours('A certificate is used for a purpose that its CA did not give it.'),
  CERT_E_ISSUERCHAINING: stated(
    'A parent of a given certificate in fact did not issue that child certificate.',
  ),
  CERT_E_MALFORMED: stated(
    'A certificate is missing or has an empty value for an important field, such as a subject or issuer name.',
  ),
  CERT_E_UNTRUSTEDROOT: stated(
    'A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider.',
  ),
  CERT_E_CHAINING: ours('No chain could be built to a trusted root.'),
  CERT_E_REVOKED: stated('A certificate was explicitly revoked by its issuer.'),
  CERT_E_UNTRUSTEDTESTROOT: stated(
    'The certification path terminates with the test root which is not trusted with the current policy settings.',
  ),
  CERT_E_REVOCATION_FAILURE: stated(
    'The revocation process could not continue - the certificate(s) could not be checked.',
  ),
  CERT_E_CN_NO_MATCH: stated("The certificate's CN name does not match the passed value."),
  CERT_E_WRONG_USAGE: stated('The certificate is not valid for the requested usage.'),
  CERT_E_UNTRUSTEDCA: stated(
    'A certification chain processed correctly, but one of the CA certificates is not trusted by the policy provider.',
  ),
  CERT_E_INVALID_POLICY: stated('The certificate has invalid policy.'),
  CERT_E_INVALID_NAME: stated(
    'The certificate has an invalid name. The name is not included in the permitted list or is explicitly excluded.',
  ),
  CRYPT_E_REVOKED: ours('The certificate is revoked.'),
  CRYPT_E_NO_REVOCATION_DLL: ours('No library was found that checks revocation.'),
  CRYPT_E_NO_REVOCATION_CHECK: stated(
    'The revocation function was unable to check revocation for the certificate.',
  ),
  CRYPT_E_REVOCATION_OFFLINE: stated(
    'The revocation function was unable to check revocation because the revocation server was offline.',
  ),
  TRUST_E_CERT_SIGNATURE: stated('The signature of the certificate cannot be verified.'),
  TRUST_E_BASIC_CONSTRAINTS: stated("A certificate's basic constraint extension has not been observed."),
  CRYPT_E_ASN1_EOD: stated('ASN1 unexpected end of data.'),
  CRYPT_E_ASN1_BADTAG: stated('ASN1 bad tag value met.'),
  STATUS_LOGON_FAILURE: ours('The user name or the password is wrong.'),
  SEC_E_NO_CREDENTIALS: ours('The security package has no credentials.'),
  ERROR_ACCESS_DENIED: stated('Access is denied.'),
  ERROR_NOT_SUPPORTED: stated('The request is not supported.'),
  ERROR_NOT_FOUND: ours('There is no such element.'),
  ERROR_PRIVILEGE_NOT_HELD: stated('A required privilege is not held by the client.'),
  ERROR_LOGON_FAILURE: ours('The user name or the password is wrong.'),
  ERROR_PASSWORD_EXPIRED: ours('The password of the account has expired.'),
  ERROR_ACCOUNT_DISABLED: ours('The account is disabled.'),
  ERROR_LOGON_TYPE_NOT_GRANTED: ours('The account may not log on in this way at this computer.'),
  ERROR_ACCOUNT_EXPIRED: ours('The account has expired.'),
  ERROR_PASSWORD_MUST_CHANGE: ours('The password of the account must be changed before the first logon.'),
  ERROR_ACCOUNT_LOCKED_OUT: ours('The account is locked out.'),
}

/** null for a value that is in no table. */
export function systemMessage(value: number): Message | null {
  const code = namedCode(value)
  return code && messages[code.name]
}
