import t from 'tap'
import { readConfiguration } from './read-configuration.ts'
import { applicationHost, webConfig } from './testdata/sample.ts'

const name = 'system.webServer/security/access'
const access = '<system.webServer><security><access sslFlags="Ssl"/></security></system.webServer>'

const declared = (overrideModeDefault: string) => `<configSections><sectionGroup name="system.webServer">
<sectionGroup name="security"><section name="access" ${overrideModeDefault}/></sectionGroup></sectionGroup></configSections>`

const sites =
  '<system.applicationHost><sites><site name="S" id="1"><application path="/"/></site></sites></system.applicationHost>'

const cases = [
  { name: 'Deny by default locks', before: declared('overrideModeDefault="Deny"'), after: '', locked: true },
  {
    name: 'Allow by default does not',
    before: declared('overrideModeDefault="Allow"'),
    after: '',
    locked: false,
  },
  { name: 'no default does not', before: declared(''), after: '', locked: false },
  {
    name: 'a location of the server unlocks',
    before: declared('overrideModeDefault="Deny"'),
    after: `<location path="" overrideMode="Allow">${access}</location>`,
    locked: false,
  },
  {
    name: 'a location of the site unlocks',
    before: declared('overrideModeDefault="Deny"'),
    after: `<location path="S" overrideMode="allow">${access}</location>`,
    locked: false,
  },
  {
    name: 'a location of another section does not unlock',
    before: declared('overrideModeDefault="Deny"'),
    after:
      '<location path="S" overrideMode="Allow"><system.webServer><serverRuntime/></system.webServer></location>',
    locked: true,
  },
  {
    name: 'a location of the site locks',
    before: '',
    after: `<location path="S" overrideMode="Deny">${access}</location>`,
    locked: true,
  },
  {
    name: 'allowOverride="false" locks',
    before: '',
    after: `<location path="S" allowOverride="false">${access}</location>`,
    locked: true,
  },
  {
    name: 'a location below does not lock the site',
    before: '',
    after: `<location path="S/app" overrideMode="Deny">${access}</location>`,
    locked: false,
  },
  {
    name: 'lockAttributes locks the attribute',
    before: '',
    after: access.replace('sslFlags', 'lockAttributes="sslFlags" sslFlags'),
    locked: true,
  },
  {
    name: 'lockAllAttributesExcept spares what it names',
    before: '',
    after: access.replace('sslFlags', 'lockAllAttributesExcept="sslFlags" sslFlags'),
    locked: false,
  },
  {
    name: 'lockItem locks all of it',
    before: '',
    after: access.replace('sslFlags', 'lockItem="true" sslFlags'),
    locked: true,
  },
] as const

for (const { name: title, before, after, locked } of cases) {
  t.test(title, async (t) => {
    const { sites: read, notes } = readConfiguration({
      applicationHost: { name: 'host', text: `<configuration>${before}${sites}${after}</configuration>` },
      webConfigs: [{ name: 'web', path: '/', text: `<configuration>\n${access}</configuration>` }],
    })
    t.strictSame(read[0]!.settingsFor('/').access.sslFlags, ['Ssl'], 'taken in any case')
    t.strictSame(
      notes.filter(({ text }) => text.includes('0x80070021')).map(({ file, line }) => ({ file, line })),
      locked ? [{ file: 'web', line: 2 }] : [],
    )
  })
}

t.test('a locked attribute is named, with who locked it', async (t) => {
  const { notes } = readConfiguration({
    applicationHost: {
      name: 'host',
      text: `<configuration>${sites}${access.replace('access', 'access lockAttributes="*"')}</configuration>`,
    },
    webConfigs: [{ name: 'web', path: '/', text: `<configuration>${access}</configuration>` }],
  })
  t.strictSame(notes, [
    {
      file: 'web',
      line: 1,
      text:
        `${name} has 'sslFlags' locked by lockAttributes (host, line 1): ` +
        'IIS would answer 500.19, 0x80070021, unless it was unlocked; taken as if it was',
    },
  ])
})

t.test('each locked section is noted once for a file, where it stands first', async (t) => {
  const { notes } = readConfiguration({ applicationHost, webConfigs: [webConfig] })
  t.strictSame(
    notes
      .filter(({ text }) => text.includes('0x80070021'))
      .map(({ line, text }) => `${line} ${text.split(':')[0]!.replace(/^.*\//, '')}`)
      .sort(),
    [
      '27 access is locked (overrideModeDefault)',
      '29 anonymousAuthentication is locked (overrideModeDefault)',
      '30 iisClientCertificateMappingAuthentication is locked (overrideModeDefault)',
      '55 serverRuntime is locked (overrideModeDefault)',
    ].sort(),
  )
})

t.test('without applicationHost.config nothing is locked', async (t) => {
  const { notes } = readConfiguration({ webConfigs: [webConfig] })
  t.notOk(notes.some(({ text }) => text.includes('0x80070021')))
})
