/** Which names may stand where: the sections that are read, the groups around them, and those of .NET. */
import { sections, sitesSection, type SectionName } from './section-schema.ts'

/** Sections of .NET, which a web.config shares with IIS: one note for all of them. */
export const dotNetSections: ReadonlySet<string> = new Set([
  'appSettings',
  'connectionStrings',
  'entityFramework',
  'runtime',
  'startup',
  'system.codedom',
  'system.data',
  'system.diagnostics',
  'system.identityModel',
  'system.net',
  'system.serviceModel',
  'system.transactions',
  'system.web',
  'system.web.extensions',
])

const sectionNames: readonly string[] = [sitesSection, ...Object.keys(sections)]

/** Names that may stand in a group, by the group's path; `` is the root. */
export const groups: ReadonlyMap<string, ReadonlySet<string>> = groupsOf(sectionNames)

export const rootNames = [...(groups.get('') ?? []), 'location', 'configSections']

export function sectionName(path: string): SectionName | typeof sitesSection | undefined {
  return sectionNames.find((name): name is SectionName | typeof sitesSection => name === path)
}

function groupsOf(names: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map<string, Set<string>>()
  for (const name of names) {
    const segments = name.split('/')
    for (const [index, segment] of segments.entries()) {
      const group = segments.slice(0, index).join('/')
      const known = children.get(group) ?? new Set()
      children.set(group, known.add(segment))
    }
  }
  return children
}
