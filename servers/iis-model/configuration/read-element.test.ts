/** What is refused in a known section. § marks the place. */
import t from 'tap'
import {
  placeOf,
  refusalOf,
  check,
  server,
  security,
  mapping,
  manyToOne,
  type Case,
} from './testdata/refusal.ts'

const webConfigCases: readonly Case[] = [
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

for (const { name, text: marked, ...expected } of webConfigCases) {
  t.test(`web.config: ${name}`, async (t) => {
    const { text, place } = placeOf(marked)
    const thrown = refusalOf({ webConfigs: [{ name: 'web.config', path: '/', text }] })
    check(t, thrown, `web.config:${place}`, expected)
  })
}
