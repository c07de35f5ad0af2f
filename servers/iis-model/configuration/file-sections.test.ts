/** What is refused around the sections: places, locations, other files. § marks the place. */
import t from 'tap'
import { placeOf, refusalOf, check, server, security, type Case } from './testdata/refusal.ts'

const webConfigCases: readonly Case[] = [
  {
    name: 'the same section twice',
    text: server('<security><access/></security><security>§<access/></security>'),
    message: /a duplicate section system.webServer\/security\/access/,
    hint: /line 2/,
  },
  {
    name: 'the same section twice for one location',
    text: '<configuration><location path="a"><system.webServer><httpErrors/></system.webServer></location>\n<location path="A"><system.webServer>§<httpErrors/></system.webServer></location></configuration>',
    message: /a duplicate section system.webServer\/httpErrors/,
  },
  {
    name: 'configSource',
    text: security('<access §configSource="access.config"/>'),
    message: /<access> has configSource, expected its contents/,
  },
  { name: 'file', text: security('<authorization §file="a.config"/>'), message: /<authorization> has file/ },
  {
    name: 'an encrypted section',
    text: security('<access §configProtectionProvider="Rsa"><EncryptedData/></access>'),
    message: /has configProtectionProvider/,
    hint: /decrypt/,
  },
  {
    name: 'configSections not first',
    text: '<configuration><appSettings/>§<configSections/></configuration>',
    message: /<configSections> after another element/,
  },
  {
    name: 'configSections in a location',
    text: '<configuration><location path="a">§<configSections/></location></configuration>',
    message: /<configSections> in a <location>/,
  },
  {
    name: 'a location in a location',
    text: '<configuration><location path="a">§<location path="b"/></location></configuration>',
    message: /<location> in a <location>/,
  },
  {
    name: 'an unknown attribute of a location',
    text: '<configuration><location §Path="a"/></configuration>',
    message: /'Path' of <location>/,
    hint: /write path/,
  },
  {
    name: 'a location that is not relative',
    text: '<configuration><location §path="/app"/></configuration>',
    message: /location@path is '\/app', expected a relative path/,
  },
  {
    name: 'a location that goes up',
    text: '<configuration><location §path="a/../b"/></configuration>',
    message: /location@path/,
  },
  {
    name: 'a location too deep',
    text: `<configuration><location §path="${'a/'.repeat(65)}"/></configuration>`,
    message: /at most 64 segments/,
  },
  {
    name: 'an override mode that is none',
    text: '<configuration><location path="a" §overrideMode="Locked"/></configuration>',
    message: /override mode is 'Locked'/,
  },
  {
    name: 'allowOverride that is no boolean',
    text: '<configuration><location §allowOverride="1"/></configuration>',
    message: /location@allowOverride is '1'/,
  },
  {
    name: 'sites in a web.config',
    text: '<configuration><system.applicationHost>§<sites/></system.applicationHost></configuration>',
    message: /system.applicationHost\/sites in a web.config/,
  },
]

for (const { name, text: marked, ...expected } of webConfigCases) {
  t.test(`web.config: ${name}`, async (t) => {
    const { text, place } = placeOf(marked)
    const thrown = refusalOf({ webConfigs: [{ name: 'web.config', path: '/', text }] })
    check(t, thrown, `web.config:${place}`, expected)
  })
}

const files = [
  {
    name: 'two files of one folder',
    webConfigs: [{ path: '/app' }, { path: '/APP/' }],
    message: /another file/,
  },
  {
    name: 'a folder that is no virtual path',
    webConfigs: [{ path: 'C:\\app' }],
    message: /expected a virtual path/,
  },
  {
    name: 'a site that is not there',
    webConfigs: [{ path: '/', site: 'Other' }],
    message: /site 'other', which is not there/,
  },
] as const

for (const { name, webConfigs, message } of files) {
  t.test(name, async (t) => {
    const thrown = refusalOf({
      webConfigs: webConfigs.map((one) => ({ name: 'web', text: '<configuration/>', ...one })),
    })
    check(t, thrown, 'web:1:1', { message })
  })
}
