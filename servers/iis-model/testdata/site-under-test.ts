/** A site for the tests of this folder, with a machine and a configuration made of plain objects. */
import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { AuthorityName, Identity } from '../../../harness/model/identity.ts'
import { issuePki } from '../../../harness/pki/issue.ts'
import { authorities, identities, server } from '../../../scenarios/identities/index.ts'
import type { AccessSslFlag } from '../configuration/access-ssl-flags.ts'
import type { SiteConfiguration, UrlSettings } from '../configuration/settings.ts'
import { sslCertDefaults } from '../http-sys/ssl-cert.ts'
import type { SslCert } from '../http-sys/ssl-cert.ts'
import { certificateStores } from '../machine/certificate-stores.ts'
import { eventLog } from '../machine/events.ts'
import type { Machine } from '../machine/machine.ts'
import { registryDefaults } from '../machine/registry.ts'
import { profiles } from '../profiles.ts'
import type { IisProfile, ProfileName } from '../profiles.ts'
import { parseCertificate } from '../schannel/certificate.ts'
import { RevocationChecker } from '../schannel/revocation-checker.ts'
import { startSite } from '../site.ts'
import type { Site, SiteOptions } from '../site.ts'

const names = ['correct', 'missing', 'untrusted', 'expired']

const pki = await issuePki(
  { authorities, server, identities: identities.filter(({ name }) => names.includes(name)) },
  { now: Date.now() },
)

export const { server: serverIdentity } = pki
export const serverCaPem = pki.authorities['root-a'].certificate.pem

export function identity(name: 'correct' | 'missing' | 'untrusted' | 'expired'): Identity {
  const found = pki.identities.get(name)
  if (!found) throw new Error(`no identity ${name}`)
  return found
}

export interface Setting {
  readonly profile?: ProfileName
  /** `access@sslFlags` of the site, or by path. */
  readonly sslFlags?: readonly AccessSslFlag[] | ((path: string) => readonly AccessSslFlag[])
  readonly sslCert?: Partial<SslCert>
  /** `binding@sslFlags`. */
  readonly bindingFlags?: number
  /** In the place of the ordinary one. */
  readonly bindings?: SiteConfiguration['bindings']
  readonly http?: true
  readonly connectionTimeoutMs?: number
  readonly options?: Partial<SiteOptions>
}

export interface SiteUnderTest {
  readonly site: Site
  readonly directory: string
  readonly machine: Machine
}

export const require = ['Ssl', 'SslNegotiateCert', 'SslRequireCert'] as const
export const early = { clientcertnegotiation: true } as const

export async function start(t: Test, setting: Setting = {}): Promise<SiteUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-iis-site-'))
  const machine = machineOf(setting.profile ?? 'iis-10')
  const revocation = new RevocationChecker()
  // In the reverse order: the folder goes last, and goes too when there is no site.
  t.teardown(() => rm(directory, { recursive: true }))
  t.teardown(() => revocation[Symbol.dispose]())
  const site = await startSite({
    machine,
    site: configurationOf(setting),
    sslCert: { ...sslCertDefaults, ...setting.sslCert },
    server: pki.server,
    directory,
    revocation,
    ...setting.options,
  })
  t.teardown(() => site[Symbol.asyncDispose]())
  return { site, directory, machine }
}

function machineOf(name: ProfileName): Machine {
  const profile = profiles.find((each): each is (typeof profiles)[number] => each.name === name) as IisProfile
  const certificates = (authority: AuthorityName) => [
    parseCertificate(new X509Certificate(pki.authorities[authority].certificate.der)),
  ]
  return {
    profile,
    registry: registryDefaults,
    stores: certificateStores({
      Root: certificates('root-a'),
      CA: certificates('root-b'),
      ClientAuthIssuer: [],
    }),
    accounts: null,
    directory: null,
    events: eventLog(),
  }
}

function configurationOf({
  sslFlags = require,
  bindingFlags = 0,
  bindings,
  http,
  connectionTimeoutMs = 120_000,
}: Setting): SiteConfiguration {
  const https = { protocol: 'https', bindingInformation: '*:443:', sslFlags: bindingFlags } as const
  return {
    name: 'Default Web Site',
    id: 1,
    bindings: bindings ?? (http ? [https, { protocol: 'http', bindingInformation: '*:80:', sslFlags: 0 }] : [https]),
    connectionTimeoutMs,
    applications: ['/'],
    settingsFor: (path) => settings(typeof sslFlags === 'function' ? sslFlags(path) : sslFlags),
  }
}

const settings = (sslFlags: readonly AccessSslFlag[]): UrlSettings => ({
  access: { sslFlags },
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
})

/** What the log says of the request whose query had this nonce, without a deadline: the site knows when nothing will come. */
export const logged = (site: Site, nonce: string, clientPort: number | null = null) =>
  site.serverLog({ policy: '', nonce, clientPort }, new AbortController().signal)
