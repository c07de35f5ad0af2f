import t from 'tap'
import { readConfiguration } from './read-configuration.ts'
import type { UrlSettings } from './settings.ts'
import { site, texts, host, web, access, location, mapping } from './testdata/build.ts'
import { applicationHost, webConfig } from './testdata/sample.ts'

t.test('nothing at all gives the default site with the defaults of the schema', async (t) => {
  const configuration = readConfiguration({})
  const { settingsFor, ...rest } = site(configuration)
  t.strictSame(configuration.notes, [])
  t.strictSame(rest, {
    name: 'Default Web Site',
    id: 1,
    bindings: [{ protocol: 'https', bindingInformation: '*:443:', sslFlags: 0 }],
    connectionTimeoutMs: 120_000,
    applications: ['/'],
  })
  t.strictSame(settingsFor('/'), {
    access: { sslFlags: [] },
    authentication: {
      anonymousAuthentication: { enabled: true, userName: 'IUSR' },
      basicAuthentication: { enabled: false, realm: '', defaultLogonDomain: '', logonMethod: 'ClearText' },
      windowsAuthentication: { enabled: false },
      digestAuthentication: { enabled: false },
      clientCertificateMappingAuthentication: { enabled: false },
      iisClientCertificateMappingAuthentication: {
        enabled: false,
        defaultLogonDomain: '',
        logonMethod: 'ClearText',
        oneToOneCertificateMappingsEnabled: true,
        manyToOneCertificateMappingsEnabled: true,
        oneToOneMappings: [],
        manyToOneMappings: [],
      },
    },
    authorization: [{ accessType: 'Allow', users: ['*'], roles: [], verbs: [] }],
    httpErrors: { errorMode: 'DetailedLocalOnly' },
    serverRuntime: { uploadReadAheadSize: 49_152 },
  } satisfies UrlSettings)
})

t.test('the sites of an applicationHost.config', async (t) => {
  const { sites } = readConfiguration({ applicationHost })
  t.strictSame(
    sites.map(({ name, id, bindings, connectionTimeoutMs, applications }) => ({
      name,
      id,
      bindings,
      connectionTimeoutMs,
      applications,
    })),
    [
      {
        name: 'Default Web Site',
        id: 1,
        bindings: [
          { protocol: 'http', bindingInformation: '*:80:', sslFlags: 0 },
          { protocol: 'https', bindingInformation: '*:443:', sslFlags: 0 },
        ],
        connectionTimeoutMs: 60_000,
        applications: ['/', '/app'],
      },
      {
        name: 'Partners',
        id: 2,
        bindings: [
          { protocol: 'https', bindingInformation: '[::1]:8443:partners.example.org', sslFlags: 33 },
        ],
        connectionTimeoutMs: 30_000,
        applications: ['/'],
      },
    ],
  )
})

t.test('the settings of an applicationHost.config, level by level', async (t) => {
  const configuration = readConfiguration({ applicationHost })
  const root = site(configuration).settingsFor('/')
  t.strictSame(root.access.sslFlags, ['Ssl', 'SslNegotiateCert', 'SslRequireCert'])
  t.strictSame(root.authentication.iisClientCertificateMappingAuthentication, {
    enabled: true,
    defaultLogonDomain: 'CONTOSO',
    logonMethod: 'ClearText',
    oneToOneCertificateMappingsEnabled: true,
    manyToOneCertificateMappingsEnabled: true,
    oneToOneMappings: [
      {
        enabled: true,
        userName: 'alice',
        password: { kind: 'unreadable' },
        certificate: 'MIIBszCCAVmgAwIBAgIUQUxJQ0U=',
      },
      {
        enabled: false,
        userName: 'bob',
        password: { kind: 'clear', text: 'hunter2' },
        certificate: 'MIIBszCCAVmgAwIBAgIUQk9CAAA=',
      },
    ],
    manyToOneMappings: [
      {
        name: 'Contractors',
        description: 'denied since May',
        enabled: true,
        permissionMode: 'Deny',
        userName: 'nobody',
        password: { kind: 'clear', text: 'x' },
        rules: [
          {
            certificateField: 'Subject',
            certificateSubField: 'OU',
            matchCriteria: 'Contractors',
            compareCaseSensitive: true,
          },
        ],
      },
      {
        name: 'Staff',
        description: '',
        enabled: true,
        permissionMode: 'Allow',
        userName: 'CONTOSO\\staff',
        password: { kind: 'clear', text: 'pass&word' },
        rules: [
          {
            certificateField: 'Issuer',
            certificateSubField: 'CN',
            matchCriteria: 'Contoso CA *',
            compareCaseSensitive: false,
          },
          {
            certificateField: 'Subject',
            certificateSubField: 'O',
            matchCriteria: 'Contoso',
            compareCaseSensitive: true,
          },
        ],
      },
    ],
  })

  const app = site(configuration).settingsFor('/App/page.asp')
  t.strictSame(app.access.sslFlags, ['Ssl'])
  t.equal(app.authentication.anonymousAuthentication.enabled, false)
  t.strictSame(app.authentication.basicAuthentication, {
    enabled: true,
    realm: 'app',
    defaultLogonDomain: '',
    logonMethod: 'Network',
  })
  t.strictSame(
    app.authentication.iisClientCertificateMappingAuthentication,
    root.authentication.iisClientCertificateMappingAuthentication,
    'the mapping of the application is ignored [tc401]',
  )

  const partners = site(configuration, 'Partners').settingsFor('/')
  t.strictSame(partners.access.sslFlags, ['Ssl', 'SslNegotiateCert', 'SslRequireCert'], '104 = 8 + 32 + 64')
  t.equal(partners.serverRuntime.uploadReadAheadSize, 1_048_576)
  t.equal(partners.authentication.iisClientCertificateMappingAuthentication.enabled, false)
})

t.test('the notes of an applicationHost.config', async (t) => {
  t.strictSame(
    readConfiguration({ applicationHost }).notes.map(({ line, text }) => `${line} ${text.split(':')[0]}`),
    [
      '28 section system.applicationHost/applicationPools is not modelled',
      "42 'net.tcp' bindings are not modelled",
      '65 section system.webServer/handlers is not modelled',
      "98 the password of 'alice' is encrypted with a key of the machine that wrote the file",
      "127 system.webServer/security/authentication/iisClientCertificateMappingAuthentication for 'app' is ignored",
    ],
  )
})

t.test('a web.config by itself', async (t) => {
  const configuration = readConfiguration({ webConfigs: [webConfig] })
  t.strictSame(
    configuration.sites.map(({ name, id }) => ({ name, id })),
    [{ name: 'Default Web Site', id: 1 }],
  )
  const { settingsFor } = site(configuration)
  const root = settingsFor('/orders.aspx')
  t.strictSame(root.access.sslFlags, ['Ssl', 'SslNegotiateCert'])
  t.equal(root.authentication.anonymousAuthentication.enabled, false)
  t.equal(root.httpErrors.errorMode, 'Detailed')
  t.equal(root.serverRuntime.uploadReadAheadSize, 131_072)
  t.strictSame(root.authorization, [
    { accessType: 'Allow', users: ['svc-orders', 'CONTOSO\\admin'], roles: [], verbs: [] },
    { accessType: 'Deny', users: ['?'], roles: [], verbs: ['POST'] },
  ])
  const ping = settingsFor('/health/ping.aspx')
  t.strictSame(ping.access.sslFlags, [])
  t.equal(ping.authentication.anonymousAuthentication.enabled, true)
  t.strictSame(texts(configuration), [
    'web.config:6 sections of .NET are ignored: appSettings, system.web, runtime',
    'web.config:9 section contosoSettings is not modelled: ignored',
    'web.config:12 system.web/authorization is ignored: ASP.NET URL authorization is not modelled, ' +
      'only system.webServer/security/authorization is',
    'web.config:17 section system.webServer/rewrite is not modelled: ignored',
    'web.config:24 section system.webServer/security/requestFiltering is not modelled: ignored',
    "web.config:32 the password of 'svc-orders' is encrypted with a key of the machine that wrote the file: " +
      'it stays unreadable; to supply one, give `passwords` an entry with the userName as written here',
  ])
})

t.test('a supplied password is taken for an encrypted one, without regard to case', async (t) => {
  const configuration = readConfiguration({ applicationHost }, { passwords: new Map([['ALICE', 'secret']]) })
  const { oneToOneMappings } =
    site(configuration).settingsFor('/').authentication.iisClientCertificateMappingAuthentication
  t.strictSame(oneToOneMappings[0]!.password, { kind: 'clear', text: 'secret' })
  t.match(texts(configuration).join('\n'), /'alice' is encrypted .* the supplied one is taken instead/)
})

t.test("the schema's default, an encrypted nothing, is the empty password", async (t) => {
  const contents =
    '<oneToOneMappings><add certificate="AA==" password="[enc:AesProvider::enc]"/></oneToOneMappings>'
  const configuration = readConfiguration({ webConfigs: [web(mapping(contents))] })
  const { oneToOneMappings } =
    site(configuration).settingsFor('/').authentication.iisClientCertificateMappingAuthentication
  t.strictSame(oneToOneMappings[0]!.password, { kind: 'clear', text: '' })
  t.strictSame(configuration.notes, [])
})

t.test('a web.config can be of another site than the first', async (t) => {
  const configuration = readConfiguration({
    applicationHost,
    webConfigs: [{ ...web(access('Ssl128')), site: 'PARTNERS' }],
  })
  t.strictSame(site(configuration, 'Partners').settingsFor('/').access.sslFlags, ['Ssl128'])
  t.equal(site(configuration).settingsFor('/').access.sslFlags.length, 3)
})

t.test('a location of a site that is not there is noted', async (t) => {
  const configuration = readConfiguration({ applicationHost: host(location('Other', access('Ssl'))) })
  t.strictSame(texts(configuration), [
    "applicationHost.config:2 location of site 'other', which is not there: ignored",
  ])
})

t.test(
  'a byte order mark, white space, comments, CDATA of blanks and namespaces are no matter',
  async (t) => {
    const text = `\ufeff<?xml version="1.0" encoding="utf-16"?>\r\n<configuration xmlns="urn:x">
    <!-- <access/> --><![CDATA[ ]]>${access('Ssl')}</configuration>\n`
    const configuration = readConfiguration({ webConfigs: [{ name: 'w', path: '/', text }] })
    t.strictSame(site(configuration).settingsFor('/').access.sslFlags, ['Ssl'])
    t.strictSame(configuration.notes, [])
  },
)

t.test('the same unknown section many times is one note', async (t) => {
  const unknown = '<system.webServer><rewrite/></system.webServer>'
  t.equal(readConfiguration({ webConfigs: [web(unknown.repeat(50))] }).notes.length, 1)
})

t.test('many unknown sections give a bounded number of notes', async (t) => {
  const contents = Array.from({ length: 5000 }, (_, index) => `<a${index}/>`).join('')
  const { notes } = readConfiguration({ webConfigs: [web(contents)] })
  t.equal(notes.length, 201)
  t.equal(notes.at(-1)!.text, '4800 more notes left out')
})
