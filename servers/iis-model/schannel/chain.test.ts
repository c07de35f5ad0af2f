import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { bitString } from '../../../harness/pki/asn1.ts'
import { certificateCodes, S_OK } from '../codes.ts'
import type { CertificateCodeName } from '../codes.ts'
import { sslCertDefaults } from '../http-sys/ssl-cert.ts'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { buildChain } from './chain.ts'
import type { Chain } from './chain.ts'
import { testMachine } from './testdata/test-machine.ts'
import { commonName, extension, issue } from './testdata/test-pki.ts'
import type { Issued, IssueOptions } from './testdata/test-pki.ts'
import { trustOf } from './trust.ts'
import { verdictOf } from './verdict.ts'

const root = issue({ cn: 'root', ca: true })
const namesake = issue({ cn: 'root', ca: true })
const known = issue({ cn: 'known, not trusted', ca: true })
const stranger = issue({ cn: 'stranger', ca: true })
const intermediate = issue({ cn: 'intermediate', by: root, ca: true })
const client = issue({ cn: 'client', by: root })
const viaIntermediate = issue({ cn: 'client', by: intermediate })
const selfSigned = issue({ cn: 'self-signed' })

const trust = trustOf(testMachine({ stores: { Root: [root], CA: [known] } }), sslCertDefaults)

type Sent = readonly [Issued, ...Issued[]]
const build = ([first, ...others]: Sent, by = trust): Chain =>
  buildChain([first.certificate, ...others.map(({ certificate }) => certificate)], by)
const summary = ({ elements, end, signaturesHold }: Chain) => ({
  length: elements.length,
  end,
  signaturesHold,
})

/** The certificate with another last byte: its signature does not hold. */
function broken(issued: Issued): Issued {
  const x509 = new X509Certificate(
    issued.der.map((byte, i) => (i === issued.der.length - 1 ? byte ^ 1 : byte)),
  )
  return { ...issued, x509, certificate: parseCertificate(x509) }
}

const chains: readonly {
  readonly name: string
  readonly sent: Sent
  readonly length: number
  readonly end: Chain['end']
  readonly signaturesHold?: boolean
}[] = [
  { name: 'issued by a root in Root', sent: [client], length: 2, end: 'trusted-root' },
  {
    name: 'an empty subject',
    sent: [issue({ cn: '', subject: { ...commonName(''), value: [] }, by: root })],
    length: 2,
    end: 'trusted-root',
  },
  {
    name: 'issued by a root in CA only',
    sent: [issue({ cn: 'client', by: known })],
    length: 2,
    end: 'untrusted-root',
  },
  { name: 'issued by an unknown CA', sent: [viaIntermediate], length: 1, end: 'partial' },
  { name: 'self-signed', sent: [selfSigned], length: 1, end: 'untrusted-root' },
  { name: 'a root from Root as end entity', sent: [root], length: 1, end: 'trusted-root' },
  { name: 'the intermediate is sent', sent: [viaIntermediate, intermediate], length: 3, end: 'trusted-root' },
  {
    name: 'sent in any order, twice, and with more than is needed',
    sent: [viaIntermediate, viaIntermediate, stranger, root, intermediate],
    length: 3,
    end: 'trusted-root',
  },
  {
    name: 'the client brings its own root',
    sent: [issue({ cn: 'client', by: stranger }), stranger],
    length: 2,
    end: 'untrusted-root',
  },
  {
    name: 'an issuer of the right name and another key, none better known',
    sent: [issue({ cn: 'client', by: namesake })],
    length: 2,
    end: 'trusted-root',
    signaturesHold: false,
  },
  {
    name: 'two issuers of one name: the one that signed is taken',
    sent: [issue({ cn: 'client', by: namesake }), namesake],
    length: 2,
    end: 'untrusted-root',
  },
  {
    name: 'a broken signature on the end entity',
    sent: [broken(client)],
    length: 2,
    end: 'trusted-root',
    signaturesHold: false,
  },
  {
    name: 'a broken signature on a self-signed certificate',
    sent: [broken(selfSigned)],
    length: 1,
    end: 'untrusted-root',
    signaturesHold: false,
  },
]

for (const { name, sent, length, end, signaturesHold = true } of chains) {
  t.test(`a chain: ${name}`, async (t) => {
    t.strictSame(summary(build(sent)), { length, end, signaturesHold })
  })
}

t.test('cross certificates: a path that leads nowhere is left for one that is trusted', async (t) => {
  const byStranger = issue({ cn: 'intermediate', by: stranger, ca: true, keysOf: intermediate })
  const trusted = { length: 3, end: 'trusted-root', signaturesHold: true }
  t.strictSame(summary(build([viaIntermediate, byStranger, stranger, intermediate])), trusted)
  t.strictSame(summary(build([viaIntermediate, intermediate, byStranger, stranger])), trusted)
  const inStore = trustOf(
    testMachine({ stores: { Root: [root], CA: [byStranger, intermediate] } }),
    sslCertDefaults,
  )
  t.strictSame(summary(build([viaIntermediate], inStore)), trusted)
  t.match(build([viaIntermediate, byStranger, stranger]), { end: 'untrusted-root', signaturesHold: true })
})

t.test('a certificate that is expired is left for one that is not', async (t) => {
  const expired = issue({ cn: 'intermediate', by: root, ca: true, keysOf: intermediate, days: [-9, -1] })
  const isGood = (chain: Chain) => verdictOf(chain, circumstances) === S_OK
  const sent = [viaIntermediate, expired, intermediate].map(({ certificate }) => certificate)
  const [first, ...others] = sent
  const chain = buildChain([first!, ...others], trust, isGood)
  t.equal(chain.elements[1], intermediate.certificate)
})

const circumstances = { nowMs: Date.now(), usagecheck: true, revocation: 'good' } as const

/** A CA that everybody takes for each other's issuer. */
const named = (subject: string, issuer: string, signs = true): Certificate => ({
  ...pretended,
  subjectDer: Buffer.from(subject),
  issuerDer: Buffer.from(issuer),
  der: Buffer.from(`${subject} ${issuer} ${serial++}`),
  isSignedBy: () => {
    verified++
    return signs
  },
})
let serial = 0
let verified = 0
const pretended = { subjectKeyIdentifier: null, authorityKeyIdentifier: null } as unknown as Certificate

t.test('two issuers that name each other end the chain, and so does a long one', async (t) => {
  const circle = buildChain([named('a', 'b'), named('b', 'a')], trust)
  t.strictSame(summary(circle), { length: 2, end: 'partial', signaturesHold: true })
  const [first, ...others] = Array.from({ length: 100 }, (_, i) => named(`${i}`, `${i + 1}`))
  const long = buildChain([first!, ...others], trust)
  t.strictSame(summary(long), { length: 32, end: 'partial', signaturesHold: true })
})

for (const signs of [true, false]) {
  t.test(`a web of issuers (signed: ${signs}) costs no more signatures than the budget`, async (t) => {
    verified = 0
    const web = Array.from({ length: 64 }, (_, i) => named(`${i % 2}`, `${(i + 1) % 2}`, signs))
    const [first, ...others] = web
    t.not(buildChain([first!, ...others], trust).end, 'trusted-root')
    t.ok(verified > 0 && verified <= 256, `${verified} signatures`)
  })
}

/** id-kp-serverAuth and id-kp-clientAuth alone in an extKeyUsage. */
const usage = (last: number) =>
  extension('2.5.29.37', Buffer.from([0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, last]))

/** What a changed intermediate does to the certificate that it issued. */
const intermediates: readonly {
  readonly name: string
  readonly changes: Partial<IssueOptions>
  readonly verdict: CertificateCodeName | 'S_OK'
}[] = [
  { name: 'as it is', changes: {}, verdict: 'S_OK' },
  { name: 'for clientAuth', changes: { extensions: [usage(2)] }, verdict: 'S_OK' },
  { name: 'for serverAuth', changes: { extensions: [usage(1)] }, verdict: 'CERT_E_WRONG_USAGE' },
  { name: 'expired', changes: { days: [-9, -1] }, verdict: 'CERT_E_EXPIRED' },
  { name: 'no CA', changes: { ca: false }, verdict: 'TRUST_E_BASIC_CONSTRAINTS' },
  {
    name: 'with keyCertSign',
    changes: { extensions: [extension('2.5.29.15', bitString(Uint8Array.of(0x04), 2))] },
    verdict: 'S_OK',
  },
  {
    name: 'without keyCertSign',
    changes: { extensions: [extension('2.5.29.15', bitString(Uint8Array.of(0x02), 1))] },
    verdict: 'TRUST_E_BASIC_CONSTRAINTS',
  },
  {
    name: 'with an extension that nobody knows',
    changes: { extensions: [extension('1.2.3', Buffer.of(5, 0))] },
    verdict: 'S_OK',
  },
  {
    name: 'with the same, critical',
    changes: { extensions: [extension('1.2.3', Buffer.of(5, 0), true)] },
    verdict: 'CERT_E_CRITICAL',
  },
]

for (const { name, changes, verdict } of intermediates) {
  t.test(`an intermediate ${name}: ${verdict}`, async (t) => {
    const made = issue({ cn: 'intermediate', by: root, ca: true, ...changes })
    const chain = build([issue({ cn: 'client', by: made }), made])
    t.equal(verdictOf(chain, circumstances), verdict === 'S_OK' ? S_OK : certificateCodes[verdict].hresult)
  })
}
