import t from 'tap'
import { readConfiguration } from '../configuration/read-configuration.ts'
import { withSubstitutes } from './substitutes.ts'
import { base64Of, pki } from './testdata/test-pki.ts'

const customer = base64Of('ecdsa-p256')
const other = base64Of('untrusted')
const damaged = customer.slice(0, -40)

function siteWith(certificates: readonly string[]) {
  const entries = certificates.map((each, i) => `<add userName="user-${i}" certificate="${each}" />`)
  const text = `<configuration><system.webServer><security><authentication>
    <iisClientCertificateMappingAuthentication enabled="true"><oneToOneMappings>${entries.join('')}</oneToOneMappings>
    </iisClientCertificateMappingAuthentication></authentication></security></system.webServer></configuration>`
  return readConfiguration({ webConfigs: [{ name: 'web.config', path: '/', text }] }).sites[0]!
}

const mapped = (certificates: readonly string[], plays: Parameters<typeof withSubstitutes>[1], path = '/') =>
  withSubstitutes(siteWith(certificates), plays, pki)
    .settingsFor(path)
    .authentication.iisClientCertificateMappingAuthentication.oneToOneMappings.map(
      ({ certificate }) => certificate,
    )

const cases = [
  { name: 'nobody plays', entries: [customer], plays: [], holds: [customer] },
  {
    name: 'one of two is played',
    entries: [customer, other],
    plays: [{ mapping: 2, identity: 'correct' }],
    holds: [customer, base64Of('correct')],
  },
  {
    name: 'a damaged one stays damaged',
    entries: [damaged, other],
    plays: [
      { mapping: 1, identity: 'correct' },
      { mapping: 2, identity: 'correct' },
    ],
    holds: [damaged, base64Of('correct')],
  },
]

for (const { name, entries, plays, holds } of cases) {
  t.test(name, async (t) => {
    t.strictSame(mapped(entries, plays), holds)
    t.strictSame(mapped(entries, plays, '/app/page.asp'), holds, 'for every URL')
  })
}

const refusals = [
  { plays: { mapping: 1, identity: 'nobody' }, says: "plays names 'nobody', which presents no certificate" },
  {
    plays: { mapping: 1, identity: 'missing' },
    says: "plays names 'missing', which presents no certificate",
  },
  {
    plays: { mapping: 2, identity: 'correct' },
    says: "plays names mapping 2, and 'Default Web Site' has 1 one-to-one mapping",
  },
]

for (const { plays, says } of refusals) {
  t.test(says, async (t) => {
    t.throws(() => mapped([customer], [plays]), { code: 'ERR_MACHINE_FILE', message: says })
  })
}
