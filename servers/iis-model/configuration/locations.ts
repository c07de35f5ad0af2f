/** `<location path overrideMode inheritInChildApplications>`: what the sections inside it apply to. */
import { configurationError, type Position } from './configuration-error.ts'
import { mostSegments, segmentsOf, type ConfigPath } from './config-path.ts'
import { alternatives, quoted } from './quoted.ts'
import { refuseText, spellingHint } from './refusals.ts'
import { readBool } from './values.ts'
import type { XmlAttribute, XmlElement } from './xml-tree.ts'

export type OverrideMode = 'Allow' | 'Deny' | 'Inherit'

export interface Location {
  readonly at: Position
  /** Relative to the file: to the server for applicationHost.config, to its folder for web.config. */
  readonly path: ConfigPath
  /** What files below may do with the sections inside. */
  readonly overrideMode: OverrideMode
  readonly inheritInChildApplications: boolean
}

const attributes = ['path', 'overrideMode', 'allowOverride', 'inheritInChildApplications'] as const

const overrideModes: ReadonlyMap<string, OverrideMode> = new Map([
  ['allow', 'Allow'],
  ['deny', 'Deny'],
  ['inherit', 'Inherit'],
])

export function readLocation(element: XmlElement): Location {
  refuseText(element)
  for (const [name, { at }] of element.attributes) {
    if (attributes.some((known) => known === name)) continue
    throw configurationError(
      at,
      `unrecognized attribute ${quoted(name)} of <location>, expected ${alternatives(attributes)}`,
      spellingHint(name, attributes),
    )
  }
  const path = element.attributes.get('path')
  const mode = element.attributes.get('overrideMode')
  const allowOverride = bool(element.attributes.get('allowOverride'), 'allowOverride')
  return {
    at: element.at,
    path: path === undefined ? [] : locationPath(path),
    // allowOverride is ASP.NET's older word for the same.
    overrideMode:
      mode !== undefined
        ? overrideMode(mode)
        : allowOverride === null
          ? 'Inherit'
          : allowOverride
            ? 'Allow'
            : 'Deny',
    inheritInChildApplications:
      bool(element.attributes.get('inheritInChildApplications'), 'inheritInChildApplications') ?? true,
  }
}

/** `.` and the empty path are the file's own place. The refusals are ASP.NET's rules; IIS's own are inferred from them. */
function locationPath({ value, at }: XmlAttribute): ConfigPath {
  if (value === '.') return []
  const segments = segmentsOf(value)
  const wrong =
    value.startsWith('/') ||
    value.includes('\\') ||
    value.includes('//') ||
    segments.some((name) => /^\.+$/.test(name))
  if (!wrong && segments.length <= mostSegments) return segments
  throw configurationError(
    at,
    `location@path is ${quoted(value)}, expected a relative path of at most ${mostSegments} segments`,
    'in applicationHost.config it begins with the name of a site, in web.config it is relative to the folder',
  )
}

export function overrideMode({ value, at }: XmlAttribute): OverrideMode {
  const mode = overrideModes.get(value.toLowerCase())
  if (mode !== undefined) return mode
  throw configurationError(
    at,
    `the override mode is ${quoted(value)}, expected Allow, Deny or Inherit`,
    'Deny locks the sections for the files below',
  )
}

function bool(attribute: XmlAttribute | undefined, name: string): boolean | null {
  if (attribute === undefined) return null
  const value = readBool(attribute.value)
  if (value !== null) return value
  throw configurationError(
    attribute.at,
    `location@${name} is ${quoted(attribute.value)}, expected true or false`,
    'IIS answers 500.19 to a value that its schema does not allow',
  )
}
