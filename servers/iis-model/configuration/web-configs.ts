/** Which folder of which site each web.config is of. */
import { mostSegments, segmentsOf, type ConfigPath } from './config-path.ts'
import { configurationError } from './configuration-error.ts'
import { quoted } from './quoted.ts'
import type { Site } from './sites.ts'
import type { ConfigurationFile } from './xml-tree.ts'

export interface WebConfig extends ConfigurationFile {
  /** Virtual path of its folder: `/`, `/app`. */
  readonly path: string
  /** The site that the folder is of; the first one when absent. */
  readonly site?: string
}

interface Placed {
  readonly webConfig: WebConfig
  readonly path: ConfigPath
}

/** Files above first: within a level, what stands in a file further up comes first. */
export function placed(webConfigs: readonly WebConfig[], sites: readonly Site[]): readonly Placed[] {
  const all = webConfigs.map((webConfig): Placed => {
    const wanted = (webConfig.site ?? sites[0]?.name ?? '').toLowerCase()
    const site = sites.find(({ name }) => name.toLowerCase() === wanted)
    const folder = segmentsOf(webConfig.path)
    if (site === undefined)
      return refuseWebConfig(
        webConfig,
        `is of site ${quoted(wanted)}, which is not there`,
        'name one of the sites',
      )
    if (!webConfig.path.startsWith('/') || folder.length >= mostSegments)
      return refuseWebConfig(
        webConfig,
        `is of folder ${quoted(webConfig.path)}, expected a virtual path`,
        'the folder of the site itself is /',
      )
    return { webConfig, path: [...segmentsOfSite(site.name), ...folder] }
  })
  return all.sort((one, other) => one.path.length - other.path.length)
}

export function refuseWebConfig({ name }: WebConfig, message: string, hint: string): never {
  throw configurationError({ file: name, line: 1, column: 1 }, `the file ${message}`, hint)
}

/** The site's name is one segment, whatever is in it. */
export function segmentsOfSite(name: string): ConfigPath {
  return [name.toLowerCase()]
}
