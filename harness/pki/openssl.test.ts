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

const errorsIn = (text: string) => [...text.matchAll(/^error (\d+ at \d+) depth/gm)].map(([, error]) => error)

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

  /** `X509_V_ERR number at depth`; none: verified. What a client sends along is given as -untrusted. */
  const verdicts: Readonly<Record<string, readonly string[]>> = {
    correct: [],
    reissued: [],
    'ecdsa-p256': [],
    ed25519: [],
    'no-eku': [],
    'via-intermediate': [],
    'with-crl': [],
    upn: [],
    'upn-with-sid': [],
    'mixed-case-name': [],
    expired: ['10 at 0'],
    'not-yet-valid': ['9 at 0'],
    untrusted: ['20 at 0'],
    'self-signed': ['18 at 0'],
    'missing-intermediate': ['20 at 0'],
    'wrong-eku': ['26 at 0'],
    // RFC 5280 leaves it to the application, and OpenSSL decides against.
    'any-eku': ['26 at 0'],
    'exchange-only': ['26 at 0'],
    'forged-issuer': ['7 at 0'],
    // Not a CA, and so not one for TLS clients either.
    'non-ca-issuer': ['79 at 1', '26 at 1'],
    'expired-intermediate': ['10 at 1'],
    'server-auth-intermediate': ['26 at 1'],
    'expired-wrong-eku': ['26 at 0', '10 at 0'],
    'expired-untrusted': ['20 at 0'],
    'untrusted-wrong-eku': ['20 at 0'],
  }

  for (const [name, errors] of Object.entries(verdicts)) {
    const says = errors.length === 0 ? 'verifies' : `fails with ${errors.join(', ')} and nothing else`
    t.test(`${name} ${says}`, async (t) => {
      const { status, text } = verify('sslclient', name, '-untrusted', file(`${name}.pem`))
      t.strictSame(errorsIn(text), errors, text)
      t.equal(status === 0, errors.length === 0)
    })
  }

  /** With the CRL of its issuer at hand. */
  const revocations: Readonly<Record<string, { readonly crl: string; readonly errors: readonly string[] }>> =
    {
      'with-crl': { crl: 'crl.pem', errors: [] },
      'crl-unreachable': { crl: 'crl.pem', errors: [] },
      revoked: { crl: 'crl.pem', errors: ['23 at 0'] },
      'revoked-wrong-eku': { crl: 'crl.pem', errors: ['26 at 0', '23 at 0'] },
      'crl-stale': { crl: 'stale-crl.pem', errors: ['12 at 0'] },
      untrusted: { crl: 'untrusted-ca-crl.pem', errors: ['20 at 0'] },
    }

  for (const [name, { crl, errors }] of Object.entries(revocations)) {
    t.test(`${name} with ${crl}: ${errors.join(', ') || 'verifies'}`, async (t) => {
      const { text } = verify('sslclient', name, '-crl_check', '-CRLfile', file(crl))
      t.strictSame(errorsIn(text), errors, text)
    })
  }

  t.test('the stale CRL has the revoked certificates too', async (t) => {
    const { text } = verify('sslclient', 'revoked', '-crl_check', '-CRLfile', file('stale-crl.pem'))
    t.strictSame(errorsIn(text), ['12 at 0', '23 at 0'], text)
  })

  const printed = [
    { name: 'upn', says: /othername: UPN::alice@countersign\.test/ },
    {
      name: 'upn-with-sid',
      says: /1\.3\.6\.1\.4\.1\.311\.25\.2: \n.*\n?.*S-1-5-21-1004336348-1177238915-682003330-1104/,
    },
    {
      name: 'with-crl',
      says: /CRL Distribution Points: \n\s+Full Name:\n\s+URI:http:\/\/127\.0\.0\.1:1\/root-a\.crl/,
    },
    { name: 'crl-stale', says: /URI:http:\/\/127\.0\.0\.1:1\/stale\/root-a\.crl/ },
    { name: 'mixed-case-name', says: /Subject: O = Countersign, CN = Mixed\.Case/ },
  ] as const

  for (const { name, says } of printed) {
    t.test(`openssl prints what ${name} is about`, async (t) => {
      t.match(openssl('x509', '-in', file(`${name}.pem`), '-noout', '-text').text, says)
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

  t.test('every CRL is signed by its authority, and only that of root-a revokes anything', async (t) => {
    for (const { name, certificate, crlPem } of Object.values(pki.authorities)) {
      const [crl, ca] = [file(`${name}.crl`), file(`${name}.ca`)]
      writeFileSync(crl, crlPem)
      writeFileSync(ca, certificate.pem)
      const { text } = openssl('crl', '-in', crl, '-CAfile', ca, '-noout', '-text', '-crlnumber')
      t.match(text, /verify OK/, name)
      t.equal(text.includes('No Revoked Certificates'), name !== 'root-a', name)
      t.match(text, /X509v3 CRL Number/, name)
      t.match(text, /Last Update: Feb {2}1 03:04:05 2031 GMT\s+Next Update: Feb {2}2 03:04:05 2032 GMT/, name)
    }
  })

  t.test('what is revoked is listed by its serial number', async (t) => {
    writeFileSync(file('root-a.crl'), pki.authorities['root-a'].crlPem)
    const { text } = openssl('crl', '-in', file('root-a.crl'), '-noout', '-text')
    const listed = [...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, number = '']) => number)
    const revoked = ['revoked', 'revoked-expired', 'revoked-wrong-eku'].map((name) =>
      pki.identities.get(name)?.chain[0]?.serialNumber.toUpperCase(),
    )
    t.strictSame(listed.sort(), revoked.sort())
    t.match(text, /Revocation Date: Feb {2}1 03:04:05 2031 GMT/)
  })

  t.test('the stale CRLs are signed too, and ran out half a day ago', async (t) => {
    for (const { name, certificate, staleCrlPem } of Object.values(pki.authorities)) {
      const [crl, ca] = [file(`${name}.crl`), file(`${name}.ca`)]
      writeFileSync(crl, staleCrlPem)
      writeFileSync(ca, certificate.pem)
      const { text } = openssl('crl', '-in', crl, '-CAfile', ca, '-noout', '-text')
      t.match(text, /verify OK/, name)
      t.match(text, /Last Update: Feb {2}1 03:04:05 2031 GMT\s+Next Update: Feb {2}1 15:04:05 2031 GMT/, name)
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
