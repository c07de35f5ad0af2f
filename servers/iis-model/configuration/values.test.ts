import t from 'tap'
import { readConfiguration } from './read-configuration.ts'
import { site, web, access, mapping } from './testdata/build.ts'

const flags = [
  ['None', []],
  ['', []],
  ['0', []],
  ['ssl', ['Ssl']],
  [' SSLREQUIRECERT ,Ssl,  sslNegotiateCert', ['Ssl', 'SslNegotiateCert', 'SslRequireCert']],
  ['None, Ssl', ['Ssl']],
  ['8', ['Ssl']],
  ['0x68', ['Ssl', 'SslNegotiateCert', 'SslRequireCert']],
  ['488', ['Ssl', 'SslNegotiateCert', 'SslRequireCert', 'SslMapCert', 'Ssl128']],
] as const

for (const [written, read] of flags) {
  t.test(`access@sslFlags "${written}"`, async (t) => {
    const { settingsFor } = site(readConfiguration({ webConfigs: [web(access(written))] }))
    t.strictSame(settingsFor('/').access.sslFlags, read)
  })
}

const values = [
  ['<httpErrors errorMode="custom"/>', 'Custom'],
  ['<httpErrors errorMode="2"/>', 'Detailed'],
  ['<httpErrors existingResponse="Replace"/>', 'DetailedLocalOnly'],
] as const

for (const [written, errorMode] of values) {
  t.test(`${written} is ${errorMode}`, async (t) => {
    const webConfigs = [web(`<system.webServer>${written}</system.webServer>`)]
    t.equal(site(readConfiguration({ webConfigs })).settingsFor('/').httpErrors.errorMode, errorMode)
  })
}

t.test('enums by number, booleans in any case', async (t) => {
  const configuration = readConfiguration({
    webConfigs: [
      web(
        mapping(
          '<manyToOneMappings><add name="a" permissionMode="2" enabled="FALSE"/></manyToOneMappings>',
          'enabled="True" logonMethod="0"',
        ),
      ),
    ],
  })
  const read = site(configuration).settingsFor('/').authentication.iisClientCertificateMappingAuthentication
  t.match(read, {
    enabled: true,
    logonMethod: 'Interactive',
    manyToOneMappings: [{ permissionMode: 'Deny', enabled: false }],
  })
})
