/** What a file says, put on the levels that it says it for; what cannot count there becomes a note. */
import { configurationError, type Position } from './configuration-error.ts'
import type { ConfigPath } from './config-path.ts'
import type { FileSections, FoundSection } from './file-sections.ts'
import { layered } from './layers.ts'
import type { Level } from './levels.ts'
import type { Notes } from './notes.ts'
import { quoted } from './quoted.ts'
import { readElement, type ReadingContext } from './read-element.ts'
import { sections, sectionsOfSites, sitesSection, type SectionName } from './section-schema.ts'

/** A file's place: applicationHost.config is at the server, depth 0. */
export interface Place {
  readonly path: ConfigPath
  readonly depth: number
}

/** Adds what a file says to the levels that it says it for; its own level first, then its locations. */
export function contribute(server: Level, file: FileSections, place: Place, context: ReadingContext): void {
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
