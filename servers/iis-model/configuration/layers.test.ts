import t from 'tap'
import { readConfiguration } from './read-configuration.ts'
import { site, host, web, location, authorization, mapping } from './testdata/build.ts'

const allow = '<add accessType="Allow" users="*"/>'
const deny = '<add accessType="Deny" users="?"/>'

const collections = [
  { name: 'what is added comes after what is inherited', rules: deny, users: ['*', '?'] },
  { name: 'remove by key', rules: `<remove users="*" roles="" verbs=""/>${deny}`, users: ['?'] },
  {
    name: 'keys are compared without case',
    rules: `<remove users="X"/>${allow.replace('*', 'x')}`,
    users: ['*', 'x'],
  },
  { name: 'remove of what is not there', rules: '<remove users="nobody"/>', users: ['*'] },
  { name: 'clear', rules: `<clear/>${deny}`, users: ['?'] },
  {
    name: 'remove and add again moves it to the end',
    rules: `${deny}<remove users="*"/>${allow}`,
    users: ['?', '*'],
  },
  { name: 'an added one can be removed again', rules: `${deny}<remove users="?"/>`, users: ['*'] },
] as const

for (const { name, rules, users } of collections) {
  t.test(`collections: ${name}`, async (t) => {
    const files = { applicationHost: host(authorization(allow)), webConfigs: [web(authorization(rules))] }
    const read = readConfiguration(files).sites[0]!.settingsFor('/').authorization
    t.strictSame(
      read.map((rule) => rule.users.join()),
      users,
    )
  })
}

t.test('the rule that Windows comes with may be written again when its file is not there', async (t) => {
  const { settingsFor } = site(readConfiguration({ webConfigs: [web(authorization(allow))] }))
  t.equal(settingsFor('/').authorization.length, 1)
})

t.test('mappings of the server are inherited by its sites', async (t) => {
  const one = (certificate: string) =>
    mapping(`<oneToOneMappings><add certificate="${certificate}"/></oneToOneMappings>`)
  const applicationHostFile = host(one('AA==') + location('S', one('BB==')))
  const { oneToOneMappings } = readConfiguration({
    applicationHost: applicationHostFile,
  }).sites[0]!.settingsFor('/').authentication.iisClientCertificateMappingAuthentication
  t.strictSame(
    oneToOneMappings.map(({ certificate }) => certificate),
    ['AA==', 'BB=='],
  )
})
