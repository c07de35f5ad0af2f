/** Which of the sites in somebody's configuration files is served, and with which files. */
import { HarnessError } from '../../../harness/model/errors.ts'
import type { ConfigurationFile as GivenFile } from '../../../harness/model/server.ts'
import { readConfiguration } from '../configuration/read-configuration.ts'
import { quoted } from '../configuration/quoted.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import type { SiteConfiguration } from '../configuration/settings.ts'
import { equalsIgnoringCase } from '../machine/ordinal-ignore-case.ts'
import { configurationFiles } from './configuration-files.ts'
import type { MachineFile } from './machine-file.ts'

export interface ChosenSite {
  readonly site: SiteConfiguration
  readonly notes: Configuration['notes']
}

/**
 * The web.config files are those of the site that is served, and which that is stands in applicationHost.config.
 * @param name null: the first with an https binding.
 * @throws HarnessError ERR_IIS_CONFIGURATION.
 */
export function chosenSite(
  given: readonly GivenFile[],
  name: string | null,
  passwords: MachineFile['passwords'],
): ChosenSite {
  const { applicationHost, webConfigs } = configurationFiles(given)
  const clearText = { passwords: new Map(Object.entries(passwords)) }
  if (applicationHost === undefined) {
    const { sites, notes } = readConfiguration({ webConfigs }, clearText)
    return { site: chooseSite(sites, name), notes }
  }
  const { name: site } = chooseSite(readConfiguration({ applicationHost }, clearText).sites, name)
  const files = { applicationHost, webConfigs: webConfigs.map((webConfig) => ({ ...webConfig, site })) }
  const { sites, notes } = readConfiguration(files, clearText)
  return { site: chooseSite(sites, site), notes }
}

/** By name, or the first that is reached by TLS. */
function chooseSite(sites: readonly SiteConfiguration[], name: string | null): SiteConfiguration {
  if (name === null) return sites.find(hasHttps) ?? refuse('there is no site with an https binding', sites)
  const wanted = sites.find((site) => equalsIgnoringCase(site.name, name))
  if (wanted === undefined) return refuse(`there is no site ${quoted(name)}`, sites)
  return hasHttps(wanted) ? wanted : refuse(`site ${quoted(wanted.name)} has no https binding`, sites)
}

const hasHttps = ({ bindings }: SiteConfiguration): boolean =>
  bindings.some(({ protocol }) => protocol === 'https')

function refuse(message: string, sites: readonly SiteConfiguration[]): never {
  const able = sites.filter(hasHttps).map(({ name }) => quoted(name))
  throw new HarnessError('ERR_IIS_CONFIGURATION', message, {
    where: '--config and --site',
    hint: `sites with an https binding: ${able.join(', ') || 'none'}`,
  })
}
