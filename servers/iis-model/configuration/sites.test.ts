/** What is refused in an applicationHost.config. § marks the place. */
import t from 'tap'
import { placeOf, refusalOf, check, type Case } from './testdata/refusal.ts'

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
