/** Starts one site for each policy of a profile: the situation becomes IIS's own configuration, which the site is read from. */
import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import type { Identity, Pki } from '../../harness/model/identity.ts'
import type { Endpoint, StartedServer, StartOptions } from '../../harness/model/server.ts'
import { readConfiguration } from './configuration/read-configuration.ts'
import { sslCertDefaults } from './http-sys/ssl-cert.ts'
import type { IisPolicy } from './policies.ts'
import type { IisProfile } from './profiles.ts'
import { logMeaning } from './log/log-meaning.ts'
import { RevocationChecker } from './schannel/revocation-checker.ts'
import { startSite } from './site.ts'
import type { Site } from './site.ts'
import { cachedCrls } from './situation-crls.ts'
import { situationMachine } from './situation-machine.ts'
import { situationXml } from './situation-xml.ts'

/** @throws HarnessError ERR_SERVER_START. */
export async function startModel(
  profile: IisProfile,
  tlsLibrary: string,
  options: StartOptions<IisPolicy>,
): Promise<StartedServer> {
  refuseWhatCannotBePlayed(profile, options)
  let fail: (reason: string) => void = () => undefined
  const died = new Promise<string>((resolve) => (fail = resolve))
  // All at once, so that none waits for the file system of another; the ids are in the order of the policies.
  const starts = await Promise.allSettled(
    options.policies.map((policy, index) =>
      startPolicy(policy, { ...options, profile, id: index + 1, onFailure: fail }),
    ),
  )
  const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const disposeAll = async () => {
    for (const { revocation } of running) revocation[Symbol.dispose]()
    await Promise.all(running.map(({ site }) => site[Symbol.asyncDispose]()))
  }
  const failed = starts.find((start) => start.status === 'rejected')
  if (failed) {
    await disposeAll()
    throw new HarnessError('ERR_SERVER_START', `${profile.name} did not start: ${messageOf(failed.reason)}`, {
      cause: failed.reason,
    })
  }
  const sites = new Map(running.map(({ name, site }) => [name, site]))
  return {
    version: profile.version,
    tlsLibrary,
    endpoints: new Map([...sites].map(([name, site]) => [name, endpoint(site, options.host)])),
    serverLog: async (connection, signal) =>
      (await sites.get(connection.policy)?.serverLog(connection, signal)) ?? null,
    died,
    [Symbol.asyncDispose]: disposeAll,
  }
}

function refuseWhatCannotBePlayed(
  { name }: IisProfile,
  { backend, policies }: StartOptions<IisPolicy>,
): void {
  if (backend !== 'embedded') {
    throw new HarnessError('ERR_SERVER_START', `${name} has no backend ${backend}`, {
      hint: 'use --backend embedded',
    })
  }
  for (const policy of policies) {
    if (typeof policy.caNames === 'string') continue
    throw new HarnessError('ERR_SERVER_START', `${name} cannot play policy ${policy.name}`, {
      hint: 'IIS sends the names of a store: fill Root or ClientAuthIssuer, and set SendTrustedIssuerList',
    })
  }
}

interface PolicyStart extends StartOptions<IisPolicy> {
  readonly profile: IisProfile
  readonly id: number
  readonly onFailure: (reason: string) => void
}

interface RunningPolicy {
  readonly name: string
  readonly site: Site
  /** The machine of a situation is nobody else's, so its downloads end with its site. */
  readonly revocation: RevocationChecker
}

async function startPolicy(policy: IisPolicy, start: PolicyStart): Promise<RunningPolicy> {
  const { profile, id, pki, directory, onFailure, signal } = start
  const { name, trust, iis: situation } = policy
  signal.throwIfAborted()
  const text = situationXml(situation, { name, id, identity: (of) => identityOf(pki, of) })
  const [configuration] = readConfiguration({ applicationHost: { name: `${name}.config`, text } }).sites
  if (configuration === undefined)
    throw new HarnessError('ERR_SERVER_START', `the situation ${name} has no site`)
  const port = start.ports?.get(name)
  const { onLogLine } = start
  const revocation = new RevocationChecker({ initially: cachedCrls(situation, pki) })
  const site = await startSite({
    machine: situationMachine(situation, { profile, pki, trust }),
    site: configuration,
    sslCert: { ...sslCertDefaults, ...situation.sslcert },
    server: pki.server,
    directory,
    revocation,
    ...(start.host === undefined ? {} : { host: start.host }),
    ...(onLogLine ? { onLogLine: (line: string) => onLogLine(line, logMeaning(line, profile)) } : {}),
    ...(port === undefined ? {} : { ports: { https: port } }),
    ...(situation.deniedByAcl ? { deniedByAcl: situation.deniedByAcl } : {}),
    ...(situation.extraCipherSuites ? { extraCipherSuites: situation.extraCipherSuites } : {}),
    onFailure,
  })
  return { name, site, revocation }
}

function identityOf({ identities }: Pki, name: string): Identity {
  const identity = identities.get(name)
  if (identity !== undefined) return identity
  throw new HarnessError('ERR_SERVER_START', `the situation maps ${name}, which is no identity`, {
    hint: 'issue it too: a PKI folder must hold every identity that a mapping names',
  })
}

const endpoint = ({ port, httpPort }: Site, host = '127.0.0.1'): Endpoint => ({
  host,
  port,
  ...(httpPort === null ? {} : { httpPort }),
  servername: 'localhost',
})
