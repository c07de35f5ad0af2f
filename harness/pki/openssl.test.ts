/**
 * The OpenSSL program as a second opinion on what we issue. Skipped without it, unless COUNTERSIGN_REQUIRE
 * includes `native`.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { issuePki } from './issue.ts'
import { PKCS12_PASSWORD } from './pkcs12.ts'
import { writePkiFolder } from './write-folder.ts'

const found = spawnSync('openssl', ['version'], { encoding: 'utf8' })
const required = process.env['COUNTERSIGN_REQUIRE']?.split(',').includes('native') ?? false
const skip =
  found.status === 0 || required
    ? false
    : 'no openssl program on PATH; COUNTERSIGN_REQUIRE=native makes this fail'

/** Another day than today, so that nothing but the given clock can be in the certificates. */
const now = Date.UTC(2031, 1, 2, 3, 4, 5)

t.test('openssl agrees', { skip }, async (t) => {
  if (found.status !== 0)
    throw new Error('the openssl program is required (COUNTERSIGN_REQUIRE) and not on PATH')
  const directory = t.testdir()
  const file = (name: string) => join(directory, 'pki', name)
  const pki = await issuePki({ authorities, server, identities }, { now })
  await writePkiFolder(pki, file(''))

  const openssl = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
    return { status, stdout, text: stdout + stderr }
  }
  const verifyWith = (ca: string, purpose: string, name: string, ...args: readonly string[]) =>
    openssl(
      ...['verify', '-attime', String(now / 1000), '-x509_strict', '-purpose', purpose],
      ...['-no-CApath', '-CAfile', file(ca), ...args, file(`${name}.pem`)],
    )
  const verify = (purpose: string, name: string, ...args: readonly string[]) =>
    verifyWith('ca.pem', purpose, name, ...args)

  /** X509_V_ERR numbers at depth 0; null: verified. What a client sends along is given as -untrusted. */
  const verdicts = {
    correct: null,
    'ecdsa-p256': null,
    ed25519: null,
    'no-eku': null,
    'via-intermediate': null,
    expired: 10,
    'not-yet-valid': 9,
    untrusted: 20,
    'self-signed': 18,
    'missing-intermediate': 20,
    'wrong-eku': 26,
    'exchange-only': 26,
  } as const satisfies Readonly<Record<string, number | null>>

  for (const [name, error] of Object.entries(verdicts)) {
    t.test(`${name} ${error === null ? 'verifies' : `fails with ${error} and nothing else`}`, async (t) => {
      const { status, text } = verify('sslclient', name, '-untrusted', file(`${name}.pem`))
      const errors = [...text.matchAll(/^error (\d+) at (\d+) depth/gm)].map(([, code, depth]) => [
        code,
        depth,
      ])
      t.strictSame(errors, error === null ? [] : [[String(error), '0']], text)
      t.equal(status === 0, error === null)
    })
  }

  t.test(
    'untrusted, self-signed and missing-intermediate lack nothing but trust or the issuer',
    async (t) => {
      t.equal(verifyWith('untrusted-ca.pem', 'sslclient', 'untrusted').status, 0)
      t.equal(verifyWith('self-signed.pem', 'sslclient', 'self-signed').status, 0)
      const intermediate = ['-untrusted', file('intermediate.pem')]
      t.equal(verify('sslclient', 'missing-intermediate', ...intermediate).status, 0)
    },
  )

  t.test('wrong-eku is a good server certificate, and so is ours', async (t) => {
    t.equal(verify('sslserver', 'wrong-eku').status, 0)
    t.equal(verify('sslserver', 'server', '-verify_hostname', 'localhost').status, 0)
    t.equal(verify('sslserver', 'server', '-verify_ip', '127.0.0.1').status, 0)
  })

  t.test('nothing is revoked, with a CRL of every authority on the path', async (t) => {
    const checking = ['-crl_check_all', '-CRLfile', file('crl.pem')]
    t.equal(verify('sslclient', 'correct', ...checking).status, 0)
    t.equal(
      verify('sslclient', 'via-intermediate', ...checking, '-untrusted', file('intermediate.pem')).status,
      0,
    )
  })

  t.test('every CRL is signed by its authority and revokes nothing', async (t) => {
    for (const { name, certificate, crlPem } of Object.values(pki.authorities)) {
      const [crl, ca] = [file(`${name}.crl`), file(`${name}.ca`)]
      writeFileSync(crl, crlPem)
      writeFileSync(ca, certificate.pem)
      const { text } = openssl('crl', '-in', crl, '-CAfile', ca, '-noout', '-text', '-crlnumber')
      t.match(text, /verify OK/, name)
      t.match(text, /No Revoked Certificates/, name)
      t.match(text, /X509v3 CRL Number/, name)
      t.match(text, /Last Update: Feb {2}1 03:04:05 2031 GMT\s+Next Update: Feb {2}2 03:04:05 2032 GMT/, name)
    }
  })

  for (const name of ['correct', 'ecdsa-p256', 'ed25519', 'via-intermediate'] as const) {
    t.test(`the PKCS#12 of ${name} opens without the legacy provider`, async (t) => {
      const pkcs12 = ['pkcs12', '-in', file(`${name}.pfx`), '-passin', `pass:${PKCS12_PASSWORD}`]
      const chain = openssl(...pkcs12, '-nokeys').stdout
      const blocks = chain.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n/g)
      t.equal(blocks?.join(''), pki.identities.get(name)?.chainPem)
      const key = openssl(...pkcs12, '-nocerts', '-nodes').stdout
      t.equal(key.slice(key.indexOf('-----BEGIN')), pki.identities.get(name)?.keyPem)
      t.match(chain, `friendlyName: ${name}`)
      t.not(openssl('pkcs12', '-in', file(`${name}.pfx`), '-passin', 'pass:wrong', '-noout').status, 0)
    })
  }

  t.test('DER and single-line base64 are the end entity certificate', async (t) => {
    const asPem = openssl('x509', '-inform', 'DER', '-in', file('correct.der')).stdout
    t.equal(asPem, pki.identities.get('correct')?.chainPem)
    const decoded = openssl('base64', '-d', '-A', '-in', file('correct.b64'), '-out', file('decoded.der'))
    t.equal(decoded.status, 0)
    t.equal(openssl('x509', '-inform', 'DER', '-in', file('decoded.der')).stdout, asPem)
  })
})
