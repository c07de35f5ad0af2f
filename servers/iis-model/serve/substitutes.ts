/**
 * Our identities in the place of a customer's certificates: nobody here has their private keys, so a mapping can only be
 * tried with another certificate in it. A mapping that cannot be decoded stays as it is: that is what is to be seen.
 */
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Pki } from '../../../harness/model/identity.ts'
import { quoted } from '../configuration/quoted.ts'
import type { SiteConfiguration, UrlSettings } from '../configuration/settings.ts'
import { readMappedCertificate } from '../mapping/mapped-certificate.ts'
import type { MachineFile } from './machine-file.ts'

/** @throws HarnessError ERR_MACHINE_FILE for an identity or a mapping that is not there. */
export function withSubstitutes(
  site: SiteConfiguration,
  plays: MachineFile['plays'],
  { identities }: Pki,
): SiteConfiguration {
  if (plays.length === 0) return site
  const entries = mappingsOf(site.settingsFor('/'))
  const substitutes = new Map(
    plays.map(({ identity, mapping }) => {
      const certificate = identities.get(identity)?.chain[0]
      if (!certificate) throw unknown(`plays names ${quoted(identity)}, which presents no certificate`)
      const replaced = entries[mapping - 1]
      if (!replaced) {
        throw unknown(
          `plays names mapping ${mapping}, and ${quoted(site.name)} has ${entries.length} one-to-one ${entries.length === 1 ? 'mapping' : 'mappings'}`,
        )
      }
      const isReadable = readMappedCertificate(replaced.certificate).kind === 'readable'
      const ours = Buffer.from(certificate.der).toString('base64')
      return [replaced.certificate, isReadable ? ours : replaced.certificate] as const
    }),
  )
  return { ...site, settingsFor: (path) => substituted(site.settingsFor(path), substitutes) }
}

function mappingsOf({ authentication }: UrlSettings) {
  return authentication.iisClientCertificateMappingAuthentication.oneToOneMappings
}

function substituted(settings: UrlSettings, substitutes: ReadonlyMap<string, string>): UrlSettings {
  const { authentication } = settings
  const oneToOneMappings = mappingsOf(settings).map((entry) => ({
    ...entry,
    certificate: substitutes.get(entry.certificate) ?? entry.certificate,
  }))
  const section = { ...authentication.iisClientCertificateMappingAuthentication, oneToOneMappings }
  return {
    ...settings,
    authentication: { ...authentication, iisClientCertificateMappingAuthentication: section },
  }
}

function unknown(message: string): HarnessError {
  return new HarnessError('ERR_MACHINE_FILE', message, {
    where: 'plays, in the machine file',
    hint: 'mappings count from 1; countersign list identities shows the names',
  })
}
