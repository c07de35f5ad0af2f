/** Every kind of refusal with its position: § marks the place, and is taken out before the file is read. */
import t, { type Test } from 'tap'
import { HarnessError } from '../../../harness/model/errors.ts'
import { readConfiguration, type ConfigurationFiles } from './read-configuration.ts'
import { xmlLimits } from './xml-tree.ts'

interface Case {
  readonly name: string
  readonly text: string
  readonly message: RegExp
  readonly hint?: RegExp
}

const server = (contents: string) =>
  `<configuration>\n  <system.webServer>${contents}</system.webServer>\n</configuration>`
const security = (contents: string) => server(`<security>${contents}</security>`)
const mapping = (contents: string, attributes = '') =>
  security(
    `<authentication><iisClientCertificateMappingAuthentication ${attributes}>${contents}</iisClientCertificateMappingAuthentication></authentication>`,
  )
const manyToOne = (contents: string) => mapping(`<manyToOneMappings>${contents}</manyToOneMappings>`)

const webConfigCases: readonly Case[] = [
  { name: 'an empty file', text: '§', message: /must contain a root element/ },
  { name: 'not XML', text: '§this is no XML', message: /text data outside of root node|non-whitespace/ },
  {
    name: 'another root',
    text: '<?xml version="1.0"?>\n§<html/>',
    message: /root is <html>, expected <configuration>/,
  },
  {
    name: 'the root in another case',
    text: '§<Configuration/>',
    message: /root is <Configuration>, expected <configuration>/,
    hint: /write configuration$/,
  },
  {
    name: 'a document type',
    text: '<!-- <!DOCTYPE x> -->\n §<!DOCTYPE configuration [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n<configuration/>',
    message: /a document type declaration, expected none/,
    hint: /entities are not expanded and nothing is fetched/,
  },
  { name: 'an unknown entity', text: security('<access sslFlags="&ssl§;"/>'), message: /undefined entity/ },
  {
    name: 'XML 1.1',
    text: '§<?xml version="1.1"?><configuration/>',
    message: /XML version '1.1', expected 1.0/,
  },
  {
    name: 'an element that is not closed',
    text: '<configuration>\n<system.webServer>\n</configuration§>',
    message: /not well-formed XML: unexpected close tag/,
    hint: /<system.webServer> of line 2 is still open here/,
  },
  { name: 'the end in a tag', text: '<configuration><system.webServer§', message: /unexpected end|unclosed/ },
  {
    name: 'an attribute twice',
    text: security('<access sslFlags="Ssl"\n  §sslFlags="Ssl"/>'),
    message: /attribute 'sslFlags' twice, expected once/,
  },
  {
    name: 'a control character',
    text: security('<access sslFlags="§\u0001"/>'),
    message: /disallowed character/,
  },
  {
    name: 'too deep',
    text: '<a>'.repeat(xmlLimits.depth) + '§' + '<a>',
    message: /nested more than 64 deep/,
  },
  {
    name: 'too many elements',
    text: `<configuration>${'<a/>'.repeat(xmlLimits.elements - 1)}§<a/></configuration>`,
    message: /more than 100000 elements/,
  },
  {
    name: 'too many attributes',
    text: `<configuration ${Array.from({ length: 256 }, (_, index) => `a${index}=""`).join(' ')} §b=""/>`,
    message: /more than 256 attributes/,
  },
  {
    name: 'text in the root',
    text: '<configuration>\n\t§text</configuration>',
    message: /text in <configuration>/,
  },
  { name: 'text in a group', text: security('§&amp;'), message: /text in <security>/ },
  {
    name: 'text in a section',
    text: security('<access> <!-- --> §Ssl</access>'),
    message: /text in <access>/,
  },
  {
    name: 'text before a comment',
    text: security('<access>\n§Ssl<!-- -->\n</access>'),
    message: /text in <access>/,
  },
  {
    name: 'text after CDATA',
    text: security('<access><![CDATA[ ]]>\n §S&amp;sl</access>'),
    message: /text in <access>/,
  },
  {
    name: 'text after the root',
    text: '<configuration/>\n<!-- -->\n§more',
    message: /text data outside of root node/,
  },
  {
    name: 'CDATA in a section',
    text: security('<access><![CDATA[Ssl]]></access>').replace('<![', '§<!['),
    message: /text in <access>/,
  },
  {
    name: 'an unknown attribute',
    text: security('<access sslFlags="Ssl"\r\n§flags=""/>'),
    message: /unrecognized attribute 'flags' of <access>, expected sslFlags/,
  },
  {
    name: 'an attribute in another case',
    text: security('<access §SslFlags="Ssl"/>'),
    message: /unrecognized attribute 'SslFlags'/,
    hint: /names are case-sensitive: write sslFlags/,
  },
  {
    name: 'an attribute with a name of JavaScript',
    text: security('<access §constructor=""/>'),
    message: /unrecognized attribute 'constructor'/,
  },
  {
    name: 'another one',
    text: security('<access §__proto__=""/>'),
    message: /unrecognized attribute '__proto__'/,
  },
  {
    name: 'an unknown element',
    text: mapping('§<mappings/>'),
    message:
      /unrecognized element <mappings> in <iisClient\w+>, expected oneToOneMappings or manyToOneMappings/,
  },
  {
    name: 'an element with a name of JavaScript',
    text: mapping('§<toString/>'),
    message: /unrecognized element <toString>/,
  },
  {
    name: 'an element in another case',
    text: mapping('§<onetoOneMappings/>'),
    message: /unrecognized element <onetoOneMappings>/,
    hint: /write oneToOneMappings/,
  },
  {
    name: 'a section in another case',
    text: security('§<Access/>'),
    message: /unrecognized element <Access>, expected <access>/,
    hint: /write access/,
  },
  {
    name: 'a group in another case',
    text: '<configuration>§<system.webserver/></configuration>',
    message: /expected <system.webServer>/,
  },
  {
    name: 'location in another case',
    text: '<configuration>§<Location/></configuration>',
    message: /expected <location>/,
  },
  {
    name: 'an element twice',
    text: mapping('<oneToOneMappings/>\n§<oneToOneMappings/>'),
    message: /a second <oneToOneMappings>/,
    hint: /line 2/,
  },
  {
    name: 'remove among mappings, which have add and clear',
    text: manyToOne('§<remove name="a"/>'),
    message: /unrecognized element <remove> in <manyToOneMappings>, expected add or clear/,
  },
  { name: 'an attribute of clear', text: manyToOne('<clear §name="a"/>'), message: /expected nothing/ },
  {
    name: 'not a boolean',
    text: mapping('', '§enabled="yes"'),
    message: /@enabled is 'yes', expected true or false/,
  },
  {
    name: 'not an enum',
    text: mapping('', '§logonMethod="Service"'),
    message:
      /@logonMethod is 'Service', expected Interactive \(0\), Batch \(1\), Network \(2\) or ClearText \(3\)/,
  },
  {
    name: 'an enum of another number',
    text: manyToOne('<add name="a" §permissionMode="0"/>'),
    message: /expected Allow \(1\) or Deny \(2\)/,
  },
  {
    name: 'not a flag',
    text: security('<access §sslFlags="Ssl, SslRequire"/>'),
    message:
      /access@sslFlags is 'Ssl, SslRequire', expected a comma-separated list of None, Ssl, SslNegotiateCert, SslRequireCert, SslMapCert or Ssl128, or the sum/,
  },
  { name: 'bits of no flag', text: security('<access §sslFlags="9"/>'), message: /access@sslFlags is '9'/ },
  {
    name: 'more bits than there are',
    text: security('<access §sslFlags="4294967304"/>'),
    message: /sslFlags is '4294967304'/,
  },
  {
    name: 'a number out of range',
    text: server('<serverRuntime §uploadReadAheadSize="2147483648"/>'),
    message: /uploadReadAheadSize is '2147483648', expected a number from 0 to 2147483647/,
  },
  {
    name: 'not a number',
    text: server('<serverRuntime §uploadReadAheadSize="-1"/>'),
    message: /expected a number/,
  },
  {
    name: 'an empty name',
    text: manyToOne('<add §name=""/>'),
    message: /add@name is '', expected a text that is not empty/,
  },
  {
    name: 'a mapping without its key',
    text: mapping('<oneToOneMappings>§<add userName="a"/></oneToOneMappings>'),
    message: /<add> has no attribute 'certificate'/,
  },
  {
    name: 'a rule without its access',
    text: security('<authorization>§<add users="*"/></authorization>'),
    message: /no attribute 'accessType'/,
  },
  {
    name: 'the same mapping twice',
    text: manyToOne('<add name="a"/>\n <add name="b"/>§<add name="A"/>'),
    message:
      /cannot add duplicate collection entry of type 'add' with unique key attribute 'name' set to 'A', expected it once/,
    hint: /from web.config, line 2: /,
  },
  {
    name: 'the same rule twice',
    text: manyToOne(
      '<add name="a"><rules><add certificateField="1" certificateSubField="O" matchCriteria="x"/>' +
        '<add certificateField="Subject" certificateSubField="o" matchCriteria="x"/>' +
        '§<add certificateField="subject" certificateSubField="O" matchCriteria="x" compareCaseSensitive="TRUE"/></rules></add>',
    ),
    message:
      /combined key attributes 'certificateField, certificateSubField, matchCriteria, compareCaseSensitive' respectively set to 'Subject, O, x, true'/,
  },
  {
    name: 'an ignored mapping that IIS could not read either',
    text: `<configuration><location path="app">${manyToOne('<add name="a"/>§<add name="a"/>').replace(/<\/?configuration>/g, '')}</location></configuration>`,
    message: /cannot add duplicate/,
  },
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
  {
    name: 'hostile characters in a value',
    text: security('<access §sslFlags="\u202e\u009b31m"/>'),
    message: /sslFlags is '\\u\{202e\}\\u\{9b\}31m'/,
  },
  {
    name: 'a long value',
    text: security(`<access §sslFlags="${'x'.repeat(1_000_000)}"/>`),
    message: /^access@sslFlags is 'x{60}\.\.\.', expected .{1,150}$/,
  },
]

const sites = (contents: string, attributes = 'name="S" id="1"') =>
  `<configuration><system.applicationHost><sites><site ${attributes}>${contents}</site></sites></system.applicationHost></configuration>`

const applicationHostCases: readonly Case[] = [
  {
    name: 'no sites',
    text: '§<configuration/>',
    message: /no system.applicationHost\/sites/,
    hint: /web.config/,
  },
  {
    name: 'no site',
    text: '<configuration><system.applicationHost>§<sites/></system.applicationHost></configuration>',
    message: /has no <site>/,
  },
  {
    name: 'sites in a location',
    text: '<configuration><location path=""><system.applicationHost>§<sites/></system.applicationHost></location></configuration>',
    message: /in a location/,
  },
  {
    name: 'a site without an id',
    text: sites('', 'name="S"').replace('<site ', '§<site '),
    message: /<site> has no attribute 'id'/,
  },
  {
    name: 'site id 0',
    text: sites('', 'name="S" §id="0"'),
    message: /site@id is '0', expected a number from 1/,
  },
  {
    name: 'a site name twice',
    text: sites('</site>§<site name="s" id="2">'),
    message: /duplicate collection entry of type 'site' with unique key attribute 'name' set to 's'/,
  },
  {
    name: 'a site id twice',
    text: sites('</site>\n<site name="T" §id="1">'),
    message: /site@id is 1, expected an id that no other site has/,
    hint: /line 1/,
  },
  {
    name: 'an application twice',
    text: sites('<application path="/"/>§<application path="/"/>'),
    message: /duplicate collection entry of type 'application'/,
  },
  {
    name: 'an application that is not a virtual path',
    text: sites('<application §path="app"/>'),
    message: /application@path is 'app'/,
  },
  {
    name: 'a binding twice',
    text: sites(
      '<bindings><binding protocol="https" bindingInformation="*:443:"/>§<binding protocol="HTTPS" bindingInformation="*:443:"/></bindings>',
    ),
    message:
      /type 'binding' with combined key attributes 'protocol, bindingInformation' respectively set to 'HTTPS, \*:443:'/,
  },
  ...['443', '*:443', '*:0:', '*:65536:', 'host:443:', '*:443:a/b'].map((value) => ({
    name: `binding information ${value}`,
    text: sites(`<bindings><binding protocol="https" §bindingInformation="${value}"/></bindings>`),
    message: /expected address:port:host/,
  })),
  ...['120', '00:02', '24:00:00', '00:60:00', '-00:01:00', '0.18:12:16'].map((value) => ({
    name: `connection timeout ${value}`,
    text: sites(`<limits §connectionTimeout="${value}"/>`),
    message: /limits@connectionTimeout is '.*', expected a time span hh:mm:ss of at most 65535 seconds/,
  })),
  {
    name: 'an override mode default that is none',
    text:
      '<configuration><configSections><sectionGroup name="system.webServer"><section name="httpErrors" §overrideModeDefault="No"/></sectionGroup></configSections>' +
      sites('').slice('<configuration>'.length),
    message: /override mode is 'No'/,
  },
]

function placeOf(marked: string): { readonly text: string; readonly place: string } {
  const before = marked.slice(0, marked.indexOf('§')).split(/\r\n|\n/)
  return { text: marked.replace('§', ''), place: `${before.length}:${before.at(-1)!.length + 1}` }
}

function refusalOf(files: ConfigurationFiles): unknown {
  try {
    readConfiguration(files)
  } catch (thrown) {
    return thrown
  }
  return null
}

function check(
  t: Test,
  thrown: unknown,
  where: string,
  { message, hint }: Pick<Case, 'message' | 'hint'>,
): void {
  if (!(thrown instanceof HarnessError)) return void t.fail('a HarnessError', { thrown })
  t.equal(thrown.code, 'ERR_IIS_CONFIGURATION')
  t.equal(thrown.where, where)
  t.match(thrown.message, message)
  t.match(thrown.hint, hint ?? /./)
}

for (const { name, text: marked, ...expected } of webConfigCases) {
  t.test(`web.config: ${name}`, async (t) => {
    const { text, place } = placeOf(marked)
    const thrown = refusalOf({ webConfigs: [{ name: 'web.config', path: '/', text }] })
    check(t, thrown, `web.config:${place}`, expected)
  })
}

for (const { name, text: marked, ...expected } of applicationHostCases) {
  t.test(`applicationHost.config: ${name}`, async (t) => {
    const { text, place } = placeOf(marked)
    check(t, refusalOf({ applicationHost: { name: 'host', text } }), `host:${place}`, expected)
  })
}

t.test('an entry that is inherited cannot be added again', async (t) => {
  const rule = '<authorization><add accessType="Allow" users="*"/></authorization>'
  const group = `<system.webServer><security>${rule}</security></system.webServer>`
  const thrown = refusalOf({
    applicationHost: {
      name: 'host',
      text: sites('<application path="/"/>').replace('</configuration>', `\n${group}</configuration>`),
    },
    webConfigs: [{ name: 'web', path: '/', text: `<configuration>\n${group}</configuration>` }],
  })
  check(t, thrown, 'web:2:44', {
    message: /type 'add' with combined key attributes 'users, roles, verbs' respectively set to '\*, , '/,
    hint: /from host, line 2: /,
  })
})

t.test('a file that is too long', async (t) => {
  const text = ' '.repeat(xmlLimits.length + 1)
  const thrown = refusalOf({ webConfigs: [{ name: 'web', path: '/', text }] })
  check(t, thrown, 'web:1:1', { message: /the file has 16777217 characters, expected at most 16777216/ })
})

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
