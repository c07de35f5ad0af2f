/** `serve --config` from files to answers over TLS: sites, applications, locations, and what the machine file adds. */
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import t from 'tap'
import type { Test } from 'tap'
import type { ServedConfiguration, ServeOptions } from '../../../harness/model/server.ts'
import type { TlsVersion } from '../../../harness/model/tls.ts'
import { profiles } from '../profiles.ts'
import { fetchOnce } from '../testdata/fetch-once.ts'
import { serveConfiguration } from './serve-configuration.ts'
import { base64Of, identity, pki } from './testdata/test-pki.ts'

const file = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8')
const [iis10] = profiles
const serverCaPem = pki.authorities['root-a'].certificate.pem

interface Given {
  readonly files: Readonly<Record<string, string>>
  readonly machine?: string
  readonly site?: string
  readonly onLogLine?: ServeOptions['onLogLine']
}

const shop = {
  'applicationHost.config': file('applicationHost.config'),
  'web.config': file('web.config'),
  '/partners=partners.config': file('partners.web.config'),
}

async function serve(t: Test, { files, machine, site, onLogLine = () => undefined }: Given) {
  const serving = await serveConfiguration(iis10, {
    configuration: Object.entries(files).map(([path, text]) => ({ path, text })),
    surroundings: machine === undefined ? null : { path: 'machine.yaml', text: machine },
    site: site ?? null,
    pki,
    directory: t.testdir({}),
    signal: new AbortController().signal,
    port: 0,
    onLogLine,
  })
  t.teardown(() => serving[Symbol.asyncDispose]())
  return serving
}

const ask = ({ endpoint }: ServedConfiguration, target: string, who: string, tls: TlsVersion = '1.2') =>
  fetchOnce({ ...endpoint, tls, identity: identity(who), serverCaPem, target })

const askPlainly = ({ endpoint }: ServedConfiguration) =>
  new Promise<number | undefined>((resolve, reject) => {
    get({ host: '127.0.0.1', port: endpoint.httpPort, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    }).on('error', reject)
  })

/** By path: the site requires, /public asks for nothing, the application asks and wants Basic. */
const answers = [
  { path: '/', who: 'missing', status: 403, says: /^403\.7 / },
  { path: '/', who: 'correct', status: 200, says: null },
  { path: '/orders.asp', who: 'untrusted', status: 403, says: /^403\.16 .*CERT_E_UNTRUSTEDROOT/ },
  { path: '/public/', who: 'missing', status: 200, says: null },
  { path: '/public/', who: 'untrusted', status: 200, says: null },
  { path: '/Partners/', who: 'missing', status: 401, says: /^401\.2 / },
  { path: '/partners/', who: 'untrusted', status: 403, says: /^403\.16 / },
  { path: '/public/../', who: 'missing', status: 403, says: /^403\.7 / },
] as const

const ways = [
  { name: 'asked after the request', machine: '', tls: '1.2' },
  { name: 'asked in the handshake', machine: 'sslcert: { clientcertnegotiation: true }', tls: '1.2' },
  {
    name: 'asked in the handshake, TLS 1.3',
    machine: 'sslcert: { clientcertnegotiation: true }',
    tls: '1.3',
  },
] as const

for (const { name, machine, tls } of ways) {
  t.test(`an application, a location and their site, ${name}`, async (t) => {
    const meanings: (string | null)[] = []
    const serving = await serve(t, {
      files: shop,
      machine,
      onLogLine: (_, meaning) => meanings.push(meaning),
    })
    for (const { path, who, status, says } of answers) {
      const title = `${path} ${who}`
      t.equal((await ask(serving, path, who, tls)).status, status, title)
      const meaning = meanings.pop() ?? null
      if (says === null) t.equal(meaning, null, title)
      else t.match(meaning, says, title)
    }
    t.equal(await askPlainly(serving), 403, 'plain HTTP: Ssl')
    t.match(meanings.pop(), /^403\.4 /)
  })
}

t.test('a late request over TLS 1.3 without post-handshake authentication ends in a reset', async (t) => {
  const serving = await serve(t, { files: shop })
  await t.rejects(ask(serving, '/', 'correct', '1.3'), { code: 'ECONNRESET' })
  t.equal((await ask(serving, '/public/', 'correct', '1.3')).status, 200, 'where nothing is asked for')
})

t.test('Basic names the host of the request as its realm', async (t) => {
  const serving = await serve(t, { files: shop })
  const { port } = serving.endpoint
  const answer = await fetchOnce({
    port,
    tls: '1.2',
    identity: identity('correct'),
    serverCaPem,
    target: '/partners/',
    headers: { Host: 'shop.example:443' },
  })
  t.equal(answer.headers['www-authenticate'], 'Basic realm="shop.example"')
})

t.test('the first site with HTTPS is served, and the web.config files are its own', async (t) => {
  const serving = await serve(t, { files: shop })
  t.match(serving.title, /site "Shop"$/)
  t.type(serving.endpoint.httpPort, 'number')
})

t.test('--site serves another, in any case', async (t) => {
  const serving = await serve(t, { files: { a: file('applicationHost.config') }, site: 'mail' })
  t.match(serving.title, /site "Mail"$/)
  t.equal(serving.endpoint.httpPort, undefined)
  t.equal((await ask(serving, '/', 'missing')).status, 200, 'Ssl alone')
  await serving[Symbol.asyncDispose]()
  await t.rejects(ask(serving, '/', 'missing'), { code: 'ECONNREFUSED' })
})

t.test('a web.config beside --site is of that site', async (t) => {
  const files = { a: file('applicationHost.config'), b: file('web.config') }
  const serving = await serve(t, { files, site: 'Mail' })
  t.equal((await ask(serving, '/', 'missing')).status, 403, 'it requires')
  t.equal((await ask(serving, '/public/', 'missing')).status, 200)
})

const mapped = `<configuration><system.webServer><security>
  <access sslFlags="Ssl, SslNegotiateCert, SslRequireCert" />
  <authentication>
    <anonymousAuthentication enabled="false" />
    <iisClientCertificateMappingAuthentication enabled="true"><oneToOneMappings>
      <add userName="partner" password="[enc:AesProvider:x:enc]" certificate="${base64Of('ecdsa-p256')}" />
    </oneToOneMappings></iisClientCertificateMappingAuthentication>
  </authentication></security></system.webServer></configuration>`

const accounts = [
  { name: 'nobody said which accounts there are', machine: '', status: 200 },
  {
    name: 'the right password',
    machine: 'accounts: [{ name: partner, password: s }]\npasswords: { Partner: s }',
    status: 200,
  },
  {
    name: 'a wrong password',
    machine: 'accounts: [{ name: partner, password: s }]\npasswords: { partner: t }',
    status: 401,
  },
  { name: 'no such account', machine: 'accounts: []', status: 401 },
  { name: 'NTFS denies', machine: 'deniedByAcl: [PARTNER]', status: 401 },
]

for (const { name, machine, status } of accounts) {
  t.test(`a mapping that one of our identities plays: ${name}`, async (t) => {
    const plays = 'plays: [{ mapping: 1, identity: correct }]\n'
    const serving = await serve(t, { files: { 'web.config': mapped }, machine: plays + machine })
    t.equal((await ask(serving, '/', 'correct')).status, status)
    t.equal((await ask(serving, '/', 'ecdsa-p256')).status, 401, 'whose place was taken')
  })
}

const notes = [
  { about: 'a section', files: shop, note: /^applicationHost\.config:\d+: section .*urlCompression/ },
  { about: 'sslcert', files: shop, note: /^no sslcert settings were given/ },
  { about: 'accounts', files: { w: mapped }, note: /^no accounts were given/ },
  { about: 'plays', files: { w: mapped }, note: /^nobody here has the keys/ },
  {
    about: 'Active Directory',
    files: {
      w: mapped.replace('<anonymous', '<clientCertificateMappingAuthentication enabled="true"/><anonymous'),
    },
    note: /^Active Directory maps nobody/,
  },
  {
    about: 'the Centralized Certificate Store',
    files: { a: file('applicationHost.config').replaceAll('*:443:shop.example"', '*:443:" sslFlags="2"') },
    note: /^the Centralized Certificate Store/,
  },
]

for (const { about, files, note } of notes) {
  t.test(`says what it assumes about ${about}`, async (t) => {
    const serving = await serve(t, { files })
    t.equal(serving.notes.filter((text) => note.test(text)).length, 1)
  })
}

t.test('assumes nothing that was said', async (t) => {
  const machine = `sslcert: { usagecheck: true }
accounts: []
plays: [{ mapping: 1, identity: correct }]
passwords: { partner: secret }`
  const { notes } = await serve(t, { files: { w: mapped }, machine })
  t.strictSame(
    notes.filter((text) => !text.startsWith('w:')),
    [],
  )
})

const host = file('applicationHost.config')
const refusals = [
  {
    name: 'a site that is not there',
    given: { files: shop, site: 'x\n' },
    says: "there is no site 'x\\u{a}'",
  },
  {
    name: 'a site without HTTPS',
    given: { files: shop, site: 'intranet' },
    says: "site 'Intranet' has no https binding",
  },
  {
    name: 'no site with HTTPS',
    given: { files: { a: host.replaceAll('"https"', '"http"') } },
    says: 'there is no site with an https binding',
  },
  {
    name: 'another site than the one that a web.config alone makes',
    given: { files: { w: mapped }, site: 'Shop' },
    says: "there is no site 'Shop'",
  },
  {
    name: 'a configuration that IIS would refuse',
    given: { files: { ...shop, 'web.config': file('web.config').replace('SslRequireCert', 'Require') } },
    says: /^access@sslFlags is /,
    where: 'web.config:5:15',
  },
  {
    name: 'a machine file',
    given: { files: shop, machine: '\nsslcert: true' },
    says: /^sslcert is true, expected a mapping/,
    where: 'machine.yaml:2:10',
  },
  {
    name: 'an identity that is not there',
    given: { files: { w: mapped }, machine: 'plays: [{ mapping: 1, identity: x }]' },
    says: /^plays names 'x'/,
  },
  {
    name: 'a certificate that is not there',
    given: { files: shop, machine: 'stores: { Root: [gone.pem] }' },
    says: /^stores\.Root names 'gone\.pem'/,
  },
] as const

for (const { name, given, says, ...expected } of refusals) {
  t.test(`refuses ${name}`, async (t) => {
    await t.rejects(serve(t, given), { message: says, ...expected })
  })
}
