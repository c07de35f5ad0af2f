import t from 'tap'
import type { AccessSslFlag } from '../configuration/access-ssl-flags.ts'
import { ACCESS_DENIED, certificateCodes, S_OK } from '../codes.ts'
import { answerTo } from './pipeline.ts'

const { CERT_E_UNTRUSTEDROOT, CERT_E_EXPIRED, CRYPT_E_REVOCATION_OFFLINE } = certificateCodes
const OTHER_ERROR = 0x80004005

const served = { status: 200, substatus: 0, hresult: S_OK }
const sslRequired = { status: 403, substatus: 4, hresult: ACCESS_DENIED }
const certificateRequired = { status: 403, substatus: 7, hresult: ACCESS_DENIED }
const untrusted = { status: 403, substatus: 16, hresult: CERT_E_UNTRUSTEDROOT.hresult }

const good = { verdict: S_OK }
const bad = { verdict: CERT_E_UNTRUSTEDROOT.hresult }

/** Every combination of flags with every kind of client. README, "The pipeline". */
const combinations: readonly {
  readonly flags: readonly AccessSslFlag[]
  readonly http: object
  readonly none: object
  readonly bad: object
  readonly good: object
}[] = [
  { flags: ['None'], http: served, none: served, bad: served, good: served },
  { flags: ['Ssl'], http: sslRequired, none: served, bad: served, good: served },
  { flags: ['SslNegotiateCert'], http: served, none: served, bad: untrusted, good: served },
  { flags: ['Ssl', 'SslNegotiateCert'], http: sslRequired, none: served, bad: untrusted, good: served },
  {
    flags: ['SslNegotiateCert', 'SslRequireCert'],
    http: certificateRequired,
    none: certificateRequired,
    bad: untrusted,
    good: served,
  },
  {
    flags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'],
    http: sslRequired,
    none: certificateRequired,
    bad: untrusted,
    good: served,
  },
  {
    flags: ['Ssl', 'SslRequireCert'],
    http: sslRequired,
    none: certificateRequired,
    bad: untrusted,
    good: served,
  },
]

for (const { flags, ...expected } of combinations) {
  t.test(`access@sslFlags ${flags.join(',')}`, async (t) => {
    const answer = (secure: boolean, clientCertificate: { readonly verdict: number } | null) =>
      answerTo({ secure, accessSslFlags: flags, clientCertificate })
    t.strictSame(answer(false, null), expected.http, 'plain HTTP')
    t.strictSame(answer(true, null), expected.none, 'no certificate')
    t.strictSame(answer(true, bad), expected.bad, 'a bad certificate')
    t.strictSame(answer(true, good), expected.good, 'a good certificate')
  })
}

const substatuses = [
  { name: 'revocation offline', verdict: CRYPT_E_REVOCATION_OFFLINE.hresult, substatus: 13 },
  { name: 'untrusted root', verdict: CERT_E_UNTRUSTEDROOT.hresult, substatus: 16 },
  { name: 'expired', verdict: CERT_E_EXPIRED.hresult, substatus: 17 },
  { name: 'a verdict that is in no table', verdict: OTHER_ERROR, substatus: 16 },
] as const

for (const { name, verdict, substatus } of substatuses) {
  t.test(`${name} is 403.${substatus}`, async (t) => {
    const answer = answerTo({
      secure: true,
      accessSslFlags: ['SslNegotiateCert'],
      clientCertificate: { verdict },
    })
    t.strictSame(answer, { status: 403, substatus, hresult: verdict })
  })
}
