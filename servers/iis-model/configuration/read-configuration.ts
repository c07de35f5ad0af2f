/**
 * IIS's own configuration files to sites and their settings: applicationHost.config, the web.config files of folders,
 * or both. Real XML in, typed values out; whatever IIS would refuse is a HarnessError ERR_IIS_CONFIGURATION with file,
 * line and column, whatever the model leaves out is a note. What is read, ignored and refused: README.md.
 */
import { configurationError } from './configuration-error.ts'
import { segmentsOf } from './config-path.ts'
import { contribute } from './contributions.ts'
import { fileSections, type FileSections } from './file-sections.ts'
import { layered } from './layers.ts'
import { Level, type SectionLayers } from './levels.ts'
import { noteLocks, overrideModeDefaults } from './locking.ts'
import { Notes, type ConfigurationNote } from './notes.ts'
import { withLowerCaseNames, type Passwords } from './password.ts'
import { quoted } from './quoted.ts'
import { readElement, type ReadingContext } from './read-element.ts'
import { sections, sitesSection } from './section-schema.ts'
import type { SiteConfiguration, UrlSettings } from './settings.ts'
import { defaultSite, readSites, type Site } from './sites.ts'
import { urlSettings } from './url-settings.ts'
import { placed, refuseWebConfig, segmentsOfSite, type WebConfig } from './web-configs.ts'
import { readXml, type ConfigurationFile } from './xml-tree.ts'

export type { ConfigurationFile, ConfigurationNote, WebConfig }

export interface ConfigurationFiles {
  readonly applicationHost?: ConfigurationFile
  readonly webConfigs?: readonly WebConfig[]
}

export interface ConfigurationOptions {
  /** Clear text for `[enc:...]`, by userName. */
  readonly passwords?: Passwords
}

export interface Configuration {
  readonly sites: readonly SiteConfiguration[]
  readonly notes: readonly ConfigurationNote[]
}

export function readConfiguration(
  files: ConfigurationFiles,
  options: ConfigurationOptions = {},
): Configuration {
  const notes = new Notes()
  const context = { notes, passwords: withLowerCaseNames(options.passwords ?? new Map()) }
  const { applicationHost, webConfigs = [] } = files
  const host = applicationHost && fileSections(readXml(applicationHost, notes), notes)
  const sites = host === undefined ? [siteOfWebConfigs(webConfigs, notes)] : sitesOf(host, context)

  const server = new Level(null, host === undefined ? delivered(context) : new Map())
  for (const { name, applications } of sites)
    for (const path of applications)
      server.at([...segmentsOfSite(name), ...segmentsOf(path)]).isApplication = true

  if (host !== undefined) contribute(server, host, { path: [], depth: 0 }, context)
  const places = new Set<string>()
  for (const { webConfig, path } of placed(webConfigs, sites)) {
    const key = JSON.stringify(path)
    if (places.has(key))
      refuseWebConfig(webConfig, 'is of a folder that another file is of', 'give one of the two')
    places.add(key)
    contribute(server, fileSections(readXml(webConfig, notes), notes), { path, depth: path.length }, context)
  }

  noteLocks(server, overrideModeDefaults(host?.configSections ?? null), notes)
  // Merging finds the entries that are there twice, so it is done before anybody asks.
  for (const level of server.all()) level.layers()
  return {
    sites: sites.map((site) => ({ ...site, settingsFor: settingsOf(server, site) })),
    notes: notes.all(),
  }
}

function settingsOf(server: Level, { name }: Site): (path: string) => UrlSettings {
  const root = server.at(segmentsOfSite(name))
  const made = new Map<Level, UrlSettings>()
  return (path) => {
    const level = root.deepest(segmentsOf(path))
    const settings = made.get(level) ?? urlSettings(level.layers())
    made.set(level, settings)
    return settings
  }
}

function sitesOf(host: FileSections, context: ReadingContext): readonly Site[] {
  const found = host.found.find(({ name }) => name === sitesSection)
  if (found?.location === null) return readSites(found.element, context)
  throw configurationError(
    found?.element.at ?? host.root.at,
    found === undefined
      ? `no ${sitesSection}, expected it`
      : `${sitesSection} in a location, expected it at the root`,
    'an applicationHost.config has the sites; a file without is given as a web.config',
  )
}

/** Without applicationHost.config every folder with a web.config is taken for an application (inferred). */
function siteOfWebConfigs(webConfigs: readonly WebConfig[], notes: Notes): Site {
  const folders = webConfigs.filter(({ path }) => segmentsOf(path).length > 0)
  for (const { name, path } of folders)
    notes.add(
      { file: name, line: 1, column: 1 },
      `${quoted(path)} is taken for an application, since no applicationHost.config says what it is`,
    )
  return { ...defaultSite, applications: ['/', ...folders.map(({ path }) => path)] }
}

/** The applicationHost.config that Windows comes with lets everybody in; the schema has no rule. */
function delivered(context: ReadingContext): SectionLayers {
  const name = 'system.webServer/security/authorization'
  const text = '<authorization><add accessType="Allow" users="*"/></authorization>'
  const element = readXml({ name: 'applicationHost.config', text }, context.notes)
  return new Map([[name, layered(null, readElement(element, sections[name], context), true)]])
}
