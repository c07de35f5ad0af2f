/**
 * IIS's own configuration files to sites and their settings: applicationHost.config, the web.config files of folders,
 * or both. Real XML in, typed values out; whatever IIS would refuse is a HarnessError ERR_IIS_CONFIGURATION with file,
 * line and column, whatever the model leaves out is a note. What is read, ignored and refused: README.md.
 */
import { configurationError, type Position } from './configuration-error.ts'
import { mostSegments, segmentsOf, segmentsOfUrl, type ConfigPath } from './config-path.ts'
import { fileSections, type FileSections, type FoundSection } from './file-sections.ts'
import { layered } from './layers.ts'
import { Level, type SectionLayers } from './levels.ts'
import { noteLocks, overrideModeDefaults } from './locking.ts'
import { Notes, type ConfigurationNote } from './notes.ts'
import { withLowerCaseNames, type Passwords } from './password.ts'
import { quoted } from './quoted.ts'
import { readElement, type ReadingContext } from './read-element.ts'
import { sections, sectionsOfSites, sitesSection, type SectionName } from './section-schema.ts'
import type { SiteConfiguration, UrlSettings } from './settings.ts'
import { defaultSite, readSites, type Site } from './sites.ts'
import { urlSettings } from './url-settings.ts'
import { readXml, type ConfigurationFile } from './xml-tree.ts'

export type { ConfigurationFile, ConfigurationNote }

export interface ConfigurationFiles {
  readonly applicationHost?: ConfigurationFile
  readonly webConfigs?: readonly WebConfig[]
}

export interface WebConfig extends ConfigurationFile {
  /** Virtual path of its folder: `/`, `/app`. */
  readonly path: string
  /** The site that the folder is of; the first one when absent. */
  readonly site?: string
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
  // Files above first: within a level, what stands in a file further up comes first.
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

/** The site's name is one segment, whatever is in it. */
function segmentsOfSite(name: string): ConfigPath {
  return [name.toLowerCase()]
}

function settingsOf(server: Level, { name }: Site): (path: string) => UrlSettings {
  const root = server.at(segmentsOfSite(name))
  const made = new Map<Level, UrlSettings>()
  return (path) => {
    const level = root.deepest(segmentsOfUrl(path))
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

interface Placed {
  readonly webConfig: WebConfig
  readonly path: ConfigPath
}

function placed(webConfigs: readonly WebConfig[], sites: readonly Site[]): readonly Placed[] {
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

function refuseWebConfig({ name }: WebConfig, message: string, hint: string): never {
  throw configurationError({ file: name, line: 1, column: 1 }, `the file ${message}`, hint)
}

/** A file's place: applicationHost.config is at the server, depth 0. */
interface Place {
  readonly path: ConfigPath
  readonly depth: number
}

/** Adds what a file says to the levels that it says it for; its own level first, then its locations. */
function contribute(server: Level, file: FileSections, place: Place, context: ReadingContext): void {
  const ownFirst = [...file.found].sort(
    (one, other) => Number(one.location !== null) - Number(other.location !== null),
  )
  for (const found of ownFirst) {
    if (found.name !== sitesSection) contributeSection(server, { ...found, name: found.name }, place, context)
    else if (place.depth > 0)
      throw configurationError(
        found.element.at,
        `${sitesSection} in a web.config, expected it in applicationHost.config only`,
        'give the file as the applicationHost.config',
      )
  }
}

function contributeSection(
  server: Level,
  { name, element, location }: FoundSection & { readonly name: SectionName },
  place: Place,
  context: ReadingContext,
): void {
  const change = readElement(element, sections[name], context)
  const path = [...place.path, ...(location?.path ?? [])]
  if (!isKnownSite(server, path, element.at, context.notes)) return
  if (sectionsOfSites.has(name) && path.length > 1) {
    // Its own duplicates are refused all the same.
    layered(null, change)
    context.notes.add(
      element.at,
      `${name} for ${quoted(path.slice(1).join('/'))} is ignored: IIS reads it for the server and for sites only [tc401]`,
    )
    return
  }
  server.at(path).contributions.push({
    section: name,
    change,
    at: element.at,
    fileDepth: place.depth,
    overrideMode: location?.overrideMode ?? 'Inherit',
    inheritInChildApplications: location?.inheritInChildApplications ?? true,
  })
}

function isKnownSite(server: Level, [site]: ConfigPath, at: Position, notes: Notes): boolean {
  if (site === undefined || server.children.has(site)) return true
  notes.add(at, `location of site ${quoted(site)}, which is not there: ignored`)
  return false
}
