import t from 'tap'
import { availabilityOf } from './openssl.ts'

const cases = [
  { says: 'OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)', version: '3.0.19' },
  { says: 'OpenSSL 1.1.1w  11 Sep 2023', version: '1.1.1w' },
  { says: 'OpenSSL 1.1.1  11 Sep 2018', version: '1.1.1' },
  {
    says: 'OpenSSL 3.5.0-beta1 25 Mar 2025 (Library: OpenSSL 3.5.0-beta1 25 Mar 2025)',
    version: '3.5.0-beta1',
  },
  { says: 'OpenSSL 10.0.0 1 Jan 2040', version: '10.0.0' },
] as const

for (const { says, version } of cases) {
  t.test(`${version} will do`, async (t) => {
    t.strictSame(availabilityOf('openssl', says), {
      available: true,
      version,
      tlsLibrary: `OpenSSL ${version}`,
    })
  })
}

const refused = [
  { says: 'OpenSSL 1.1.0l  10 Sep 2019', reason: /OpenSSL 1\.1\.0l; this client needs 1\.1\.1 or later/ },
  { says: 'OpenSSL 1.0.2k-fips  26 Jan 2017', reason: /OpenSSL 1\.0\.2k-fips; this client needs/ },
  { says: 'LibreSSL 3.8.2', reason: /is not OpenSSL: it calls itself 'LibreSSL 3\.8\.2'/ },
  { says: '', reason: /is not OpenSSL: it calls itself ''/ },
] as const

for (const { says, reason } of refused) {
  t.test(`'${says}' is refused with its reason`, async (t) => {
    t.match(availabilityOf('openssl', says), { available: false, reason })
  })
}
