/** Certificates and CRLs for the tests of this folder, of any shape: what no identity of the harness needs to be. */
import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import * as asn1 from '../../../../harness/pki/asn1.ts'
import type { Asn1 } from '../../../../harness/pki/asn1.ts'
import { parseCertificate } from '../certificate.ts'
import type { Certificate } from '../certificate.ts'

const { sequence, tagged, integer, objectIdentifier, octetString } = asn1

export const DAY_MS = 86_400_000

export interface Issued {
  readonly name: Asn1
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  readonly der: Buffer
  readonly pem: string
  readonly serialNumber: Uint8Array
  readonly x509: X509Certificate
  readonly certificate: Certificate
}

export interface IssueOptions {
  readonly cn: string
  /** Absent: self-signed. */
  readonly by?: Issued
  readonly ca?: boolean
  /** The keys of another: a cross certificate, or one that was issued again. */
  readonly keysOf?: Issued
  readonly days?: readonly [notBefore: number, notAfter: number]
  readonly crl?: readonly string[]
  readonly extensions?: readonly Asn1[]
  readonly keyIdentifiers?: boolean
  readonly serialNumber?: Uint8Array
  readonly subject?: Asn1
}

export function extension(oid: string, value: Asn1 | Uint8Array, critical = false): Asn1 {
  const bytes = value instanceof Uint8Array ? value : asn1.encodeDer(value)
  return sequence(objectIdentifier(oid), critical ? asn1.booleanTrue() : null, octetString(bytes))
}

export const commonName = (cn: string): Asn1 =>
  sequence(asn1.setOf(sequence(objectIdentifier('2.5.4.3'), asn1.utf8String(cn))))

export const uri = (text: string): Asn1 => asn1.taggedPrimitive(6, Buffer.from(text))

export const distributionPoints = (...urls: readonly string[]): Asn1 =>
  extension('2.5.29.31', sequence(...urls.map((url) => sequence(tagged(0, tagged(0, uri(url)))))))

const ecdsaWithSha256 = () => sequence(objectIdentifier('1.2.840.10045.4.3.2'))

const keyIdentifier = (key: KeyObject): Uint8Array =>
  key.export({ type: 'spki', format: 'der' }).subarray(-20)

export function issue(options: IssueOptions): Issued {
  const { cn, by, ca = false, keysOf, days = [-1, 30], crl = [], extensions = [] } = options
  const { keyIdentifiers = true, serialNumber = Uint8Array.of(0x40, ...randomBytes(8)) } = options
  const { publicKey, privateKey } = keysOf ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = options.subject ?? commonName(cn)
  const now = Date.now()
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(serialNumber),
    ecdsaWithSha256(),
    by?.name ?? name,
    sequence(asn1.time(now + days[0] * DAY_MS), asn1.time(now + days[1] * DAY_MS)),
    name,
    asn1.decodeDer(publicKey.export({ type: 'spki', format: 'der' })),
    tagged(
      3,
      sequence(
        keyIdentifiers ? extension('2.5.29.14', octetString(keyIdentifier(publicKey))) : null,
        keyIdentifiers
          ? extension('2.5.29.35', sequence(asn1.taggedPrimitive(0, keyIdentifier((by ?? { publicKey }).publicKey))))
          : null,
        extension('2.5.29.19', sequence(ca ? asn1.booleanTrue() : null), true),
        crl.length > 0 ? distributionPoints(...crl) : null,
        ...extensions,
      ),
    ),
  )
  const der = signedBy(tbs, by?.privateKey ?? privateKey)
  const x509 = new X509Certificate(der)
  const certificate = parseCertificate(x509)
  return { name, publicKey, privateKey, der, pem: x509.toString(), serialNumber, x509, certificate }
}

export interface CrlOptions {
  readonly by: Issued
  readonly revoked?: readonly Issued[]
  readonly days?: readonly [thisUpdate: number, nextUpdate: number | null]
  /** Another key than the issuer's. */
  readonly signedWith?: Issued
  readonly extensions?: readonly Asn1[]
}

export function crlOf({ by, revoked = [], days = [-1, 1], signedWith = by, extensions = [] }: CrlOptions): Buffer {
  const now = Date.now()
  const date = asn1.time(now)
  const tbs = sequence(
    integer(1),
    ecdsaWithSha256(),
    by.name,
    asn1.time(now + days[0] * DAY_MS),
    days[1] === null ? null : asn1.time(now + days[1] * DAY_MS),
    revoked.length > 0
      ? sequence(...revoked.map(({ serialNumber }) => sequence(integer(serialNumber), date)))
      : null,
    tagged(0, sequence(extension('2.5.29.20', integer(1)), ...extensions)),
  )
  return signedBy(tbs, signedWith.privateKey)
}

export const pemOf = (crl: Buffer): string =>
  `-----BEGIN X509 CRL-----\n${crl.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END X509 CRL-----\n`

function signedBy(tbs: Asn1, key: KeyObject): Buffer {
  const signature = sign('sha256', asn1.encodeDer(tbs), key)
  return Buffer.from(asn1.encodeDer(sequence(tbs, ecdsaWithSha256(), asn1.bitString(signature))))
}
