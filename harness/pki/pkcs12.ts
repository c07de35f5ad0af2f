/**
 * PKCS#12: a key and its chain in one file with a password. RFC 7292. This is what Windows imports.
 * Built from ASN.1 because forge's own writer takes RSA keys only. Reading PKCS#12 is not needed here.
 */
import { createHash, createHmac, createPrivateKey, randomBytes } from 'node:crypto'
import type { IssuedCertificate } from '../model/identity.ts'
import { bmpString, decodeDer, encodeDer, integer, nothing } from './asn1.ts'
import { objectIdentifier, octetString, sequence, setOf, tagged } from './asn1.ts'
import type { Asn1 } from './asn1.ts'

type Chain = readonly [IssuedCertificate, ...IssuedCertificate[]]

/** Not a secret: these keys are made for tests, and scripts have to know it. */
export const PKCS12_PASSWORD = 'countersign'

/**
 * Triple DES and SHA-1, since Windows before 10 1709 and Server 2019 takes nothing newer. Certificates stay in clear:
 * the usual RC2-40 would need OpenSSL 3's legacy provider.
 */
const ITERATIONS = 2048
const SALT_BYTES = 8
const SHA1_BYTES = 20

/** RFC 7292 appendix B.3: what a derived key is for. */
const MAC_KEY = 3

const oids = {
  data: '1.2.840.113549.1.7.1',
  pkcs8ShroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  sha1: '1.3.14.3.2.26',
} as const

/** `name` is shown by the importing program; the chain has the end entity, whose key this is, first. */
export async function encodePkcs12(
  name: string,
  keyPem: string,
  [endEntity, ...rest]: Chain,
): Promise<Uint8Array> {
  const attributes = bagAttributes(name, endEntity.der)
  const certBags = [certBag(endEntity.der, attributes), ...rest.map(({ der }) => certBag(der, null))]
  const authenticatedSafe = encodeDer(
    sequence(
      contentInfo(encodeDer(sequence(...certBags))),
      contentInfo(encodeDer(sequence(await keyBag(keyPem, attributes)))),
    ),
  )
  return encodeDer(sequence(integer(3), contentInfo(authenticatedSafe), await macData(authenticatedSafe)))
}

/** localKeyId is what ties the key to its certificate; Windows shows friendlyName in its lists. */
function bagAttributes(friendlyName: string, endEntityDer: Uint8Array): Asn1 {
  const localKeyId = createHash('sha1').update(endEntityDer).digest()
  return setOf(
    sequence(objectIdentifier(oids.friendlyName), setOf(bmpString(friendlyName))),
    sequence(objectIdentifier(oids.localKeyId), setOf(octetString(localKeyId))),
  )
}

function certBag(der: Uint8Array, attributes: Asn1 | null): Asn1 {
  const value = sequence(objectIdentifier(oids.x509Certificate), tagged(0, octetString(der)))
  return sequence(objectIdentifier(oids.certBag), tagged(0, value), attributes)
}

async function keyBag(keyPem: string, attributes: Asn1): Promise<Asn1> {
  const { pki } = await loadForge()
  const privateKeyInfo = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' })
  const encrypted = pki.encryptPrivateKeyInfo(decodeDer(privateKeyInfo), PKCS12_PASSWORD, {
    algorithm: '3des',
    count: ITERATIONS,
    saltSize: SALT_BYTES,
  })
  return sequence(objectIdentifier(oids.pkcs8ShroudedKeyBag), tagged(0, encrypted), attributes)
}

async function macData(authenticatedSafe: Uint8Array): Promise<Asn1> {
  const { pkcs12, util } = await loadForge()
  const salt = randomBytes(SALT_BYTES)
  const saltBuffer = util.createBuffer(salt.toString('latin1'))
  const key = pkcs12.generateKey(PKCS12_PASSWORD, saltBuffer, MAC_KEY, ITERATIONS, SHA1_BYTES)
  const mac = createHmac('sha1', Buffer.from(key.getBytes(), 'latin1')).update(authenticatedSafe).digest()
  const digestInfo = sequence(sequence(objectIdentifier(oids.sha1), nothing()), octetString(mac))
  return sequence(digestInfo, octetString(salt), integer(ITERATIONS))
}

function contentInfo(data: Uint8Array): Asn1 {
  return sequence(objectIdentifier(oids.data), tagged(0, octetString(data)))
}

/** All of forge, and only when a PKCS#12 file is wanted: a run never does. */
async function loadForge() {
  return (await import('node-forge')).default
}
