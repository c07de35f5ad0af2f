/**
 * Certificates for tests, encoded by hand so that every byte is ours: names of any string type, extensions, and
 * signatures that hold nowhere, for nobody here verifies them.
 */
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { parseCertificate } from '../../schannel/certificate.ts'
import type { Certificate } from '../../schannel/certificate.ts'

export type Part = Uint8Array | string

/** One DER element; text stands for its UTF-8 bytes. */
export function element(tag: number, ...parts: readonly Part[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content])
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const digits = Buffer.from(length.toString(16).padStart(length < 0x100 ? 2 : length < 0x10000 ? 4 : 6, '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits])
}

export const sequence = (...parts: readonly Part[]): Buffer => element(0x30, ...parts)

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  return element(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]))
}

function base128(arc: number): number[] {
  const digits = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(0x80 | (rest % 128))
  return digits
}

const types: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  C: '2.5.4.6',
  L: '2.5.4.7',
  S: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  T: '2.5.4.12',
  GN: '2.5.4.42',
  I: '2.5.4.43',
  E: '1.2.840.113549.1.9.1',
  DC: '0.9.2342.19200300.100.1.25',
}

/** The type by its short name or dotted; the value's tag, UTF8String when absent. */
export type NamePart = readonly [type: string, value: Part, tag?: number]

export const attribute = ([type, value, tag = 0x0c]: NamePart): Buffer =>
  sequence(oid(types[type] ?? type), element(tag, value))

export const name = (...parts: readonly NamePart[]): Buffer =>
  sequence(...parts.map((part) => element(0x31, attribute(part))))

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const spki: Buffer = publicKey.export({ type: 'spki', format: 'der' })

export interface CertificateParts {
  readonly subject?: Buffer
  readonly issuer?: Buffer
  /** Hex. */
  readonly serialNumber?: string
  readonly extensions?: readonly Buffer[]
}

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))

export function certificateDer({
  subject = name(['CN', 'alice']),
  issuer = name(['DC', 'com', 0x16], ['DC', 'contoso', 0x16], ['CN', 'CA']),
  serialNumber = '2b0000000011ac12',
  extensions = [],
}: CertificateParts = {}): Buffer {
  const tbsCertificate = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.from(serialNumber, 'hex')),
    ECDSA_WITH_SHA256,
    issuer,
    sequence(element(0x17, '250101000000Z'), element(0x17, '350101000000Z')),
    subject,
    spki,
    ...(extensions.length > 0 ? [element(0xa3, sequence(...extensions))] : []),
  )
  const one = element(0x02, Buffer.from([1]))
  const signature = sequence(one, one)
  return sequence(tbsCertificate, ECDSA_WITH_SHA256, element(0x03, Buffer.from([0]), signature))
}

export const certificate = (parts: CertificateParts = {}): Certificate =>
  parseCertificate(new X509Certificate(certificateDer(parts)))

const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), element(0x04, value))

export const subjectAltName = (...names: readonly Buffer[]): Buffer => extension('2.5.29.17', sequence(...names))

export const userPrincipalName = (text: string): Buffer =>
  element(0xa0, oid('1.3.6.1.4.1.311.20.2.3'), element(0xa0, element(0x0c, text)))

export const rfc822Name = (text: string): Buffer => element(0x81, text)

export const subjectKeyIdentifier = (hex: string): Buffer =>
  extension('2.5.29.14', element(0x04, Buffer.from(hex, 'hex')))

export const securityIdentifier = (sid: string): Buffer =>
  extension(
    '1.3.6.1.4.1.311.25.2',
    sequence(element(0xa0, oid('1.3.6.1.4.1.311.25.2.1'), element(0xa0, element(0x04, sid)))),
  )
