import { createPrivateKey } from 'node:crypto'
import forge from 'node-forge'
import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { decodeDer, encodeDer } from './asn1.ts'
import { issuePki } from './issue.ts'
import { encodePkcs12, PKCS12_PASSWORD } from './pkcs12.ts'

const pki = await issuePki({ authorities, server, identities }, { now: Date.UTC(2026, 0, 2) })

async function pkcs12Of(name: string) {
  const { chain, keyPem } = pki.identities.get(name)!
  const [endEntity, ...rest] = chain
  return decodeDer(await encodePkcs12(name, keyPem!, [endEntity!, ...rest]))
}

/** forge decodes what is RSA and hands over the ASN.1 of everything else. */
function derOf({ key, cert, asn1 }: forge.pkcs12.Bag): Uint8Array {
  if (key) return encodeDer(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)))
  return encodeDer(cert ? forge.pki.certificateToAsn1(cert) : asn1)
}

for (const name of ['correct', 'ecdsa-p256', 'ed25519', 'via-intermediate']) {
  t.test(`the key and the chain of ${name} come back from forge's reader`, async (t) => {
    const pfx = forge.pkcs12.pkcs12FromAsn1(await pkcs12Of(name), PKCS12_PASSWORD)
    const bags = pfx.safeContents.flatMap(({ safeBags }) => safeBags)
    const { chain, keyPem } = pki.identities.get(name)!
    const key = createPrivateKey(keyPem!).export({ type: 'pkcs8', format: 'der' })
    t.strictSame(bags.map(derOf), [...chain.map(({ der }) => der), new Uint8Array(key)])
  })
}

t.test('key and end entity certificate carry the same localKeyId and the friendly name', async (t) => {
  const pfx = forge.pkcs12.pkcs12FromAsn1(await pkcs12Of('via-intermediate'), PKCS12_PASSWORD)
  const [endEntity, intermediate, key] = pfx.safeContents.flatMap(({ safeBags }) => safeBags)
  t.strictSame(key!.attributes, endEntity!.attributes)
  t.match(key!.attributes, { friendlyName: ['via-intermediate'], localKeyId: [String] })
  t.strictSame(intermediate!.attributes, {})
})

t.test('another password does not open it', async (t) => {
  const pkcs12 = await pkcs12Of('ecdsa-p256')
  t.throws(() => forge.pkcs12.pkcs12FromAsn1(pkcs12, 'Countersign'), /MAC could not be verified/)
})
