/** Runs a site by somebody's own applicationHost.config or web.config: `countersign serve iis-10 --config`. */
import type { ServedConfiguration, ServeOptions } from '../../../harness/model/server.ts'
import type { SiteConfiguration } from '../configuration/settings.ts'
import { serverNames } from '../http-sys/server-name.ts'
import { bindingSslFlags, sslCertDefaults } from '../http-sys/ssl-cert.ts'
import { given } from '../given.ts'
import type { IisProfile } from '../profiles.ts'
import { RevocationChecker } from '../schannel/revocation-checker.ts'
import { startSite } from '../site.ts'
import { chosenSite } from './chosen-site.ts'
import { logMeaning } from '../log/log-meaning.ts'
import { machineFromFile } from './machine-from-file.ts'
import { readMachineFile } from './machine-file.ts'
import type { MachineFile } from './machine-file.ts'
import { withSubstitutes } from './substitutes.ts'

/** @throws HarnessError with file, line and column for anything wrong with the files. */
export async function serveConfiguration(
  profile: IisProfile,
  options: ServeOptions,
): Promise<ServedConfiguration> {
  const { pki, directory, surroundings, host, port } = options
  const file = readMachineFile(surroundings)
  const { notes, site: chosen } = chosenSite(options.configuration, options.site, file.passwords)
  const machine = await machineFromFile(file, { profile, pki, path: surroundings?.path ?? null })
  const configured = withSubstitutes(chosen, file.plays, pki)
  let fail: (reason: string) => void = () => undefined
  const died = new Promise<string>((resolve) => (fail = resolve))
  options.signal.throwIfAborted()
  const revocation = new RevocationChecker({})
  const site = await startSite({
    machine,
    site: configured,
    sslCert: { ...sslCertDefaults, ...given(file.sslcert) },
    server: pki.server,
    directory,
    revocation,
    deniedByAcl: file.deniedByAcl,
    ...(host === undefined ? {} : { host }),
    ports: { https: port },
    onFailure: fail,
    onLogLine: (line) => options.onLogLine(line, logMeaning(line, profile)),
  }).catch((error: unknown) => {
    revocation[Symbol.dispose]()
    throw error
  })
  return {
    title: `${profile.title}, site "${chosen.name}"`,
    endpoint: {
      host: host ?? '127.0.0.1',
      port: site.port,
      ...(site.httpPort === null ? {} : { httpPort: site.httpPort }),
      servername: [...(serverNames(chosen.bindings) ?? [])][0] ?? 'localhost',
    },
    notes: [
      ...notes.map(({ file: name, line, text }) => `${name}:${line}: ${text}`),
      ...assumptions(chosen, file),
    ],
    died,
    [Symbol.asyncDispose]: async () => {
      revocation[Symbol.dispose]()
      await site[Symbol.asyncDispose]()
    },
  }
}

/** What nobody told us and the answer depends on. */
function assumptions({ bindings, settingsFor }: SiteConfiguration, file: MachineFile): readonly string[] {
  const { clientCertificateMappingAuthentication, iisClientCertificateMappingAuthentication: mapping } =
    settingsFor('/').authentication
  const asked: readonly [boolean, string][] = [
    [
      file.accounts === null && mapping.enabled,
      'no accounts were given: every mapped account is taken to exist with the password of its mapping',
    ],
    [
      Object.keys(file.sslcert).length === 0,
      'no sslcert settings were given (netsh http show sslcert): the certificate is asked for after the request, revocation is checked',
    ],
    [
      mapping.enabled && mapping.oneToOneMappings.length > 0 && file.plays.length === 0,
      'nobody here has the keys of the mapped certificates: "plays" in the machine file puts one of our identities in their place',
    ],
    [
      clientCertificateMappingAuthentication.enabled && !(file.directory && file.sslcert.dsmapperusage),
      'Active Directory maps nobody: that takes "directory" and "sslcert.dsmapperusage" in the machine file',
    ],
    [
      bindings.some(({ sslFlags }) => (sslFlags & bindingSslFlags.centralCertificateStore) !== 0),
      'the Centralized Certificate Store is not played: the site shows the certificate of the PKI folder',
    ],
  ]
  return asked.flatMap(([assumed, note]) => (assumed ? [note] : []))
}
