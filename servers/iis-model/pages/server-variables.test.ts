import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import t from 'tap'
import { issuePki } from '../../../harness/pki/issue.ts'
import { authorities, identities, server } from '../../../scenarios/identities/index.ts'
import { certificateCodes, S_OK } from '../codes.ts'
import { parseCertificate } from '../schannel/certificate.ts'
import type { Certificate } from '../schannel/certificate.ts'
import type { ClientCertificate } from '../schannel/client-certificate-context.ts'
import { keyBits } from './key-bits.ts'
import { serverVariables } from './server-variables.ts'
import { hostile, sources } from './testdata/context.ts'

const pki = await issuePki({ authorities, server, identities }, { now: Date.UTC(2026, 10, 20, 0, 5) })
const certificateOf = (name: string) =>
  parseCertificate(new X509Certificate(pki.identities.get(name)!.chainPem))
const serverCertificate = parseCertificate(new X509Certificate(pki.server.chainPem))
const client = (name: string, verdict = S_OK) => ({
  certificate: certificateOf(name),
  chain: [],
  verdict,
  directoryUser: null,
})

t.test('a mapped client over TLS 1.2', async (t) => {
  const variables = serverVariables({
    ...sources,
    user: { name: 'DOMAIN\\alice', authType: 'SSL/PCT' },
    clientCertificate: client('correct'),
    server: serverCertificate,
    request: {
      method: 'GET',
      url: 'https://localhost/logoninfo.asp?a=b',
      headers: { host: 'localhost:8443', 'user-agent': 'curl', 'x-a': ['1', '2'] },
    },
  })
  t.match(Object.fromEntries(variables), {
    AUTH_TYPE: 'SSL/PCT',
    AUTH_USER: 'DOMAIN\\alice',
    LOGON_USER: 'DOMAIN\\alice',
    REMOTE_USER: 'DOMAIN\\alice',
    CERT_COOKIE: /^[0-9a-f]{32}$/,
    CERT_FLAGS: '1',
    CERT_ISSUER: /CN=/,
    CERT_SUBJECT: /CN=/,
    CERT_SERIALNUMBER: /^[0-9A-F]{2}(-[0-9A-F]{2})+$/,
    CERT_KEYSIZE: '256',
    CERT_SECRETKEYSIZE: '256',
    CERT_SERVER_SUBJECT: /CN=/,
    HTTPS: 'on',
    HTTPS_KEYSIZE: '256',
    CRYPT_PROTOCOL: '400',
    CRYPT_CIPHER_ALG_ID: '6610',
    CRYPT_HASH_ALG_ID: '800d',
    CRYPT_KEYEXCHANGE_ALG_ID: 'ae06',
    URL: '/logoninfo.asp',
    QUERY_STRING: 'a=b',
    SERVER_NAME: 'localhost',
    SERVER_PORT: '443',
    SERVER_PORT_SECURE: '1',
    SERVER_PROTOCOL: 'HTTP/1.1',
    SERVER_SOFTWARE: 'Microsoft-IIS/10.0',
    INSTANCE_ID: '1',
    HTTP_USER_AGENT: 'curl',
    HTTP_X_A: '1,2',
    'ClientCertificate(Flags)': '1',
    'ClientCertificate(SubjectCN)': /./,
    'ClientCertificate(ValidFrom)': /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d [AP]M$/,
    'ClientCertificate(Certificate)': certificateOf('correct').der.toString('base64'),
  })
  t.equal(variables.get('CERT_SUBJECT'), variables.get('ClientCertificate(Subject)'))
})

t.test('plain HTTP knows nothing of certificates', async (t) => {
  const variables = serverVariables({
    ...sources,
    connection: { ...sources.connection, tls: null },
    server: serverCertificate,
  })
  t.equal(variables.get('HTTPS'), 'off')
  t.equal(variables.get('SERVER_PORT_SECURE'), '0')
  for (const [name, value] of variables)
    if (/^(CERT|CRYPT|HTTPS_|ClientC)/.test(name)) t.equal(value, '', name)
})

t.test('the size of the private key', async (t) => {
  t.equal(keyBits(certificateOf('correct')), '2048')
  t.equal(keyBits(generateKeyPairSync('ec', { namedCurve: 'secp521r1' })), '521')
  t.equal(keyBits(generateKeyPairSync('ed25519')), '')
  const unreadable = {
    get publicKey(): never {
      throw new Error('unsupported')
    },
  }
  t.equal(keyBits(unreadable), '')
})

const flags = [
  { name: 'none', certificate: null, value: '' },
  { name: 'expired', certificate: client('correct', certificateCodes.CERT_E_EXPIRED.hresult), value: '1' },
  {
    name: 'untrusted',
    certificate: client('correct', certificateCodes.CERT_E_UNTRUSTEDROOT.hresult),
    value: '3',
  },
  { name: 'unreadable', certificate: { ...client('correct'), certificate: null }, value: '1' },
] as const

for (const { name, certificate, value } of flags) {
  t.test(`CERT_FLAGS: ${name}`, async (t) => {
    t.equal(serverVariables({ ...sources, clientCertificate: certificate }).get('CERT_FLAGS'), value)
  })
}

const suites = [
  { suite: 'TLS_AES_128_GCM_SHA256', protocol: 'TLSv1.3', ids: ['1000', '660e', '800c', 'ae06'] },
  { suite: 'ECDHE-RSA-AES256-SHA384', protocol: 'TLSv1.2', ids: ['400', '6610', '800d', 'ae06'] },
  { suite: 'TLS_RSA_WITH_AES_128_CBC_SHA', protocol: 'TLSv1', ids: ['40', '660e', '8004', 'a400'] },
  { suite: 'DES-CBC3-SHA', protocol: 'TLSv1.2', ids: ['400', '6603', '8004', 'a400'] },
  { suite: 'DHE-RSA-AES256-GCM-SHA384', protocol: 'TLSv1.2', ids: ['400', '6610', '800d', 'aa02'] },
  { suite: 'TLS_ECDHE_NULL', protocol: null, ids: ['', '', '', 'ae06'] },
] as const

for (const { suite, protocol, ids } of suites) {
  t.test(`CRYPT_*: ${suite}`, async (t) => {
    const tls = { protocol, cipherSuite: suite, cipherBits: 128 }
    const variables = serverVariables({ ...sources, connection: { ...sources.connection, tls } })
    t.strictSame(
      ['PROTOCOL', 'CIPHER_ALG_ID', 'HASH_ALG_ID', 'KEYEXCHANGE_ALG_ID'].map((name) =>
        variables.get(`CRYPT_${name}`),
      ),
      ids,
    )
  })
}

t.test('passwords are never shown', async (t) => {
  const headers = {
    authorization: 'Basic c2VjcmV0',
    'proxy-authorization': 'Basic c2VjcmV0',
    Authorization: 'Basic c2VjcmV0',
    proxy_authorization: 'Basic c2VjcmV0',
  }
  const variables = serverVariables({ ...sources, request: { ...sources.request, headers } })
  t.notMatch([...variables].flat().join('\n'), /c2VjcmV0|AUTH_PASSWORD/)
})

t.test('a header cannot take the place of another variable', async (t) => {
  const headers = { s: 'off', 's-keysize': '0', __proto__x: 'y', 'a-b': '1', a_b: '2' }
  const variables = serverVariables({ ...sources, request: { ...sources.request, headers } })
  t.match(Object.fromEntries(variables), {
    HTTPS: 'on',
    HTTPS_KEYSIZE: '256',
    HTTP_S: 'off',
    HTTP_S_KEYSIZE: '0',
    HTTP_A_B: '1,2',
  })
})

/** A certificate of which only the names are somebody's work. */
function named(subjectDer: Buffer): ClientCertificate {
  const { der, serialNumber, notBefore, notAfter } = certificateOf('correct')
  const parts = { der, serialNumber, notBefore, notAfter, subjectDer, issuerDer: subjectDer }
  return { ...client('correct'), certificate: parts as unknown as Certificate }
}

/** One CN as UTF8String, lengths in two bytes. */
function commonName(text: string): Buffer {
  const tlv = (tag: number, content: Buffer) =>
    Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 0xff]), content])
  const attribute = Buffer.concat([Buffer.from('0603550403', 'hex'), tlv(0x0c, Buffer.from(text))])
  return tlv(0x30, tlv(0x31, tlv(0x30, attribute)))
}

const subjects = [
  { name: 'markup, control and bidirectional characters', der: commonName(hostile) },
  { name: 'a name of 60 kB', der: commonName('\r'.repeat(60_000)) },
  { name: 'no name at all', der: Buffer.from('not DER') },
] as const

for (const { name, der } of subjects) {
  t.test(`a hostile client, one bounded line for each variable: ${name}`, async (t) => {
    const variables = serverVariables({
      ...sources,
      user: { name: hostile, authType: 'SSL/PCT' },
      clientCertificate: named(der),
      server: serverCertificate,
      request: {
        method: hostile,
        url: hostile,
        headers: { host: hostile, 'x-a': '\r'.repeat(65_536), [hostile]: hostile },
      },
    })
    t.equal(variables.get('CERT_SUBJECT') === '', name === 'no name at all')
    for (const [variable, value] of variables) {
      t.notMatch(`${variable}=${value}`, /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u)
      t.ok(value.length <= 16_387, `${value.length} characters`)
    }
  })
}
