/**
 * IIS 10 of Windows Server 2022, played in this process: a model made from Microsoft's documents and from what users
 * have published, because IIS itself does not run here. Facts, confidence and sources: README.md.
 */
import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import { unavailable } from '../../harness/model/availability.ts'
import type { Endpoint, ServerBackend, StartOptions, StartedServer } from '../../harness/model/server.ts'
import { machineStores } from './machine/machine-stores.ts'
import { policies } from './policies.ts'
import type { IisPolicy } from './policies.ts'
import { iis10On2022 } from './profiles.ts'
import { reasonsFor } from './reasons.ts'
import { startSite } from './site.ts'
import type { Site } from './site.ts'

export type { IisPolicy } from './policies.ts'

const profile = iis10On2022
const tlsLibrary = `OpenSSL ${process.versions.openssl} (as Schannel)`

export const iis10: ServerBackend<IisPolicy> = {
  name: 'iis-10',
  title: 'IIS 10 on Windows Server 2022 (model)',
  backends: ['embedded'],
  features: new Set(['tls1.2', 'tls1.3']),
  tls: ['1.2', '1.3'],
  policies,
  probe: async (backend) =>
    backend === 'embedded'
      ? { available: true, version: profile.version, tlsLibrary }
      : unavailable(`the IIS model runs inside this process only: use --backend embedded`),
  start,
  // The page is the same for every substatus: only the log knows it.
  substatusOf: () => null,
  reasonsFor,
}

/** @throws HarnessError ERR_SERVER_START. */
async function start(options: StartOptions<IisPolicy>): Promise<StartedServer> {
  refuseWhatCannotBePlayed(options)
  const sites = new Map<string, Site>()
  const disposeAll = async () => {
    await Promise.all([...sites.values()].map((site) => site[Symbol.asyncDispose]()))
  }
  let fail: (reason: string) => void = () => undefined
  const died = new Promise<string>((resolve) => (fail = resolve))
  try {
    for (const policy of options.policies) {
      options.signal.throwIfAborted()
      sites.set(policy.name, await startPolicy(policy, sites.size + 1, options, fail))
    }
  } catch (error) {
    await disposeAll()
    throw new HarnessError('ERR_SERVER_START', `iis-10 did not start: ${messageOf(error)}`, { cause: error })
  }
  return {
    version: profile.version,
    tlsLibrary,
    endpoints: new Map([...sites].map(([name, { port }]) => [name, endpoint(port)])),
    serverLog: async (connection, signal) =>
      (await sites.get(connection.policy)?.serverLog(connection, signal)) ?? null,
    died,
    [Symbol.asyncDispose]: disposeAll,
  }
}

function refuseWhatCannotBePlayed({ backend, policies }: StartOptions<IisPolicy>): void {
  if (backend !== 'embedded') {
    throw new HarnessError('ERR_SERVER_START', `iis-10 has no backend ${backend}`, {
      hint: 'use --backend embedded',
    })
  }
  for (const { name, when, caNames } of policies) {
    if (when === 'handshake' && (caNames === 'default' || caNames === 'none')) continue
    throw new HarnessError('ERR_SERVER_START', `iis-10 cannot play policy ${name}`, {
      hint: "it knows only when: 'handshake', and caNames: 'default' or 'none' (SendTrustedIssuerList 0)",
    })
  }
}

function startPolicy(
  { clientCertificate, trust, iis }: IisPolicy,
  id: number,
  { pki, directory }: StartOptions<IisPolicy>,
  onFailure: (reason: string) => void,
): Promise<Site> {
  return startSite({
    profile,
    id,
    accessSslFlags: iis.sslFlags,
    negotiateClientCertificate: clientCertificate !== 'none',
    server: pki.server,
    stores: machineStores(pki, trust),
    directory,
    onFailure,
  })
}

const endpoint = (port: number): Endpoint => ({ host: '127.0.0.1', port, servername: 'localhost' })
