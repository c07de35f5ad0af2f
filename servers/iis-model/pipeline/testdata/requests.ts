/** Requests for tests of the pipeline: a plain IIS 10 with everything at its default, and what a test changes. */
import type { AccessSslFlag } from '../../configuration/access-ssl-flags.ts'
import type { AuthenticationSettings, IisClientCertificateMapping, OneToOneMapping } from '../../configuration/settings.ts'
import { readConfiguration } from '../../configuration/read-configuration.ts'
import { certificateCodes, S_OK } from '../../codes.ts'
import { certificateStores } from '../../machine/certificate-stores.ts'
import { eventLog } from '../../machine/events.ts'
import type { Machine } from '../../machine/machine.ts'
import { registryDefaults } from '../../machine/registry.ts'
import { certificate } from '../../mapping/testdata/certificates.ts'
import { profiles } from '../../profiles.ts'
import type { ClientCertificate } from '../../schannel/client-certificate-context.ts'
import type { Negotiation, PipelineRequest, SecureConnection } from '../request.ts'

export const alice = certificate()

export const good: ClientCertificate = {
  certificate: alice,
  chain: [alice],
  verdict: S_OK,
  directoryUser: null,
}

export const machine = (changes: Partial<Machine> = {}): Machine => ({
  profile: profiles[0],
  registry: registryDefaults,
  stores: certificateStores({}),
  accounts: null,
  directory: null,
  events: eventLog(),
  ...changes,
})

export interface ConnectionParts {
  readonly cipherBits?: number
  /** What the client has. */
  readonly client?: ClientCertificate | null
  /** The binding asked in the first handshake. */
  readonly asked?: boolean
  readonly negotiation?: Negotiation
}

/** Counts how often the pipeline asked, too. */
export function connection({
  cipherBits = 128,
  client = null,
  asked = false,
  negotiation = 'asked',
}: ConnectionParts = {}): SecureConnection & { readonly negotiations: number } {
  let negotiations = 0
  return {
    cipherBits,
    get negotiations() {
      return negotiations
    },
    clientCertificate: async () => (asked || negotiations > 0 ? client : null),
    negotiate: async () => {
      negotiations++
      return negotiation
    },
  }
}

/** IIS's own defaults. */
const defaults = readConfiguration({}).sites[0]!.settingsFor('/')

export const mappingSection = (
  changes: Partial<IisClientCertificateMapping> = {},
): IisClientCertificateMapping => ({
  ...defaults.authentication.iisClientCertificateMappingAuthentication,
  enabled: true,
  ...changes,
})

export interface RequestParts extends Partial<Omit<PipelineRequest, 'settings'>> {
  readonly sslFlags?: readonly AccessSslFlag[]
  readonly anonymous?: boolean
  readonly authentication?: Partial<AuthenticationSettings>
  readonly rules?: PipelineRequest['settings']['authorization']
}

export function request({
  sslFlags = ['None'],
  anonymous = true,
  authentication: changes = {},
  rules = defaults.authorization,
  ...parts
}: RequestParts = {}): PipelineRequest {
  return {
    machine: machine(),
    settings: {
      ...defaults,
      access: { sslFlags },
      authentication: {
        ...defaults.authentication,
        anonymousAuthentication: { enabled: anonymous, userName: 'IUSR' },
        ...changes,
      },
      authorization: rules,
    },
    connection: connection(),
    method: 'GET',
    path: '/',
    authorization: null,
    host: '',
    deniedByAcl: [],
    ...parts,
  }
}

/** Alice's own entry, whose account is `mapped`. */
const entry: OneToOneMapping = {
  enabled: true,
  userName: 'mapped',
  password: { kind: 'clear', text: 'right' },
  certificate: alice.der.toString('base64'),
}

export const withMapping = {
  authentication: { iisClientCertificateMappingAuthentication: mappingSection({ oneToOneMappings: [entry] }) },
} as const

export const bad: ClientCertificate = { ...good, verdict: certificateCodes.CERT_E_UNTRUSTEDROOT.hresult }
