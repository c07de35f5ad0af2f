/**
 * Locked sections: overrideModeDefault, overrideMode, allowOverride, lockAttributes and lockElements. To a web.config
 * that sets what is locked IIS answers every request with 500.19, 0x80070021. The model takes the section as if it was
 * unlocked, and says so in a note: the customer's server evidently works. `lockItem` of a collection's entry is not
 * looked at.
 */
import type { Contribution, Level } from './levels.ts'
import { overrideMode, type OverrideMode } from './locations.ts'
import type { Notes } from './notes.ts'
import { quoted } from './quoted.ts'
import type { LockAttribute } from './element-schema.ts'
import type { Change } from './read-element.ts'
import { isSectionName, type SectionName } from './section-schema.ts'
import type { XmlElement } from './xml-tree.ts'

export type OverrideModeDefaults = ReadonlyMap<SectionName, OverrideMode>

/** `<configSections>` of applicationHost.config; a section without overrideModeDefault may be overridden. */
export function overrideModeDefaults(configSections: XmlElement | null): OverrideModeDefaults {
  const defaults = new Map<SectionName, OverrideMode>()
  if (configSections !== null) collect(configSections, '', defaults)
  return defaults
}

function collect(group: XmlElement, path: string, defaults: Map<SectionName, OverrideMode>): void {
  for (const child of group.children) {
    const childPath = path + (child.attributes.get('name')?.value ?? '')
    const mode = child.attributes.get('overrideModeDefault')
    if (child.name === 'sectionGroup') collect(child, `${childPath}/`, defaults)
    else if (child.name === 'section' && mode !== undefined && isSectionName(childPath))
      defaults.set(childPath, overrideMode(mode))
  }
}

/** Notes every web.config section that is locked above it. */
export function noteLocks(server: Level, defaults: OverrideModeDefaults, notes: Notes): void {
  for (const level of server.all())
    for (const contribution of level.contributions)
      if (contribution.fileDepth > 0) noteLock(contribution, level, defaults, notes)
}

function noteLock(mine: Contribution, level: Level, defaults: OverrideModeDefaults, notes: Notes): void {
  const above = level
    .line()
    .flatMap(({ contributions }) => contributions)
    .filter(({ section, fileDepth }) => section === mine.section && fileDepth < mine.fileDepth)
  let mode = defaults.get(mine.section) ?? 'Allow'
  let locker = 'overrideModeDefault'
  for (const { overrideMode: said, at } of above) {
    if (said === 'Inherit') continue
    mode = said
    locker = `${at.file}, line ${at.line}`
  }
  const locked =
    mode === 'Deny'
      ? `is locked (${locker})`
      : above.map((other) => lockedPart(other.change, mine.change)).find(Boolean)
  if (locked === undefined) return
  notes.add(
    mine.at,
    `${mine.section} ${locked}: IIS would answer 500.19, 0x80070021, unless it was unlocked; taken as if it was`,
  )
}

/** Whether a lock catches one of the names, by the lock attribute. */
const catches = {
  lockAttributes: (listed, name) => listed.has('*') || listed.has(name),
  lockAllAttributesExcept: (listed, name) => !listed.has(name),
  lockElements: (listed, name) => listed.has('*') || listed.has(name),
  lockAllElementsExcept: (listed, name) => !listed.has(name),
  lockItem: (listed) => listed.has('true'),
} as const satisfies Record<LockAttribute, (listed: ReadonlySet<string>, name: string) => boolean>

function lockedPart(locking: Change, change: Change): string | undefined {
  for (const [lock, list] of locking.locks) {
    const listed = new Set(list.split(/[\s,;]+/))
    const name = namesFor(lock, change).find((candidate) => catches[lock](listed, candidate))
    if (name !== undefined)
      return `has ${quoted(name)} locked by ${lock} (${locking.at.file}, line ${locking.at.line})`
  }
  return undefined
}

function namesFor(lock: LockAttribute, change: Change): readonly string[] {
  if (lock === 'lockItem') return [...change.attributes.keys(), ...change.elements.keys()]
  if (lock.includes('Elements'))
    return [...change.elements.keys(), ...new Set(change.operations.map(operationElement))]
  return [...change.attributes.keys()]
}

function operationElement(operation: Change['operations'][number]): string {
  return operation.kind === 'add' ? operation.element : operation.kind
}
