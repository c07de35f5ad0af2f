import { getCiphers } from 'node:tls'
import t from 'tap'
import { profiles } from '../profiles.ts'
import type { IisProfile } from '../profiles.ts'

for (const { name, tls, cipherSuites } of profiles as readonly IisProfile[]) {
  t.test(`${name} has cipher suites that node knows, each once, for its versions of TLS`, async (t) => {
    t.strictSame(
      cipherSuites.filter((suite) => !getCiphers().includes(suite.toLowerCase())),
      [],
    )
    t.equal(new Set(cipherSuites).size, cipherSuites.length)
    t.equal(
      cipherSuites.some((suite) => suite.startsWith('TLS_')),
      tls.includes('1.3'),
    )
  })
}

/** The difference that administrators know best: no forward secrecy with GCM for an RSA certificate until Windows 10. */
const firstOfRsa = [
  { profile: 'iis-10', suite: 'ECDHE-RSA-AES256-GCM-SHA384' },
  { profile: 'iis-10-2019', suite: 'ECDHE-RSA-AES256-GCM-SHA384' },
  { profile: 'iis-8.5', suite: 'ECDHE-RSA-AES256-SHA384' },
  { profile: 'iis-7.5', suite: 'ECDHE-RSA-AES256-SHA384' },
] as const

for (const { profile, suite } of firstOfRsa) {
  t.test(`${profile} prefers ${suite} of those for RSA`, async (t) => {
    const { cipherSuites } = profiles.find(({ name }) => name === profile) ?? profiles[0]
    t.equal(
      cipherSuites.find((each) => !each.startsWith('TLS_') && !each.includes('ECDSA')),
      suite,
    )
  })
}
