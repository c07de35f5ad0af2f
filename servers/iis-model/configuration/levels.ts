/**
 * The levels of the configuration as a tree: server, site, and the applications, folders and files that something is
 * said about. IIS merges level by level, and within a level applicationHost.config's locations, then those of the files
 * above, then the level's own web.config: a location for `Default Web Site/app` wins over the web.config of the site.
 * (The order is that of .NET's configuration system, which IIS's follows; for IIS inferred.)
 */
import type { ConfigPath } from './config-path.ts'
import type { Position } from './configuration-error.ts'
import { layered, type Layer } from './layers.ts'
import type { OverrideMode } from './locations.ts'
import type { Change } from './read-element.ts'
import type { SectionName } from './section-schema.ts'

/** One section as one file says it for one level. */
export interface Contribution {
  readonly section: SectionName
  readonly change: Change
  readonly at: Position
  /** Depth of the file: 0 is applicationHost.config. */
  readonly fileDepth: number
  readonly overrideMode: OverrideMode
  readonly inheritInChildApplications: boolean
}

export type SectionLayers = ReadonlyMap<SectionName, Layer>

export class Level {
  readonly above: Level | null
  readonly children = new Map<string, Level>()
  readonly contributions: Contribution[] = []
  /** An application's root. */
  isApplication = false
  /** What the server has before any file is read. */
  readonly #assumed: SectionLayers
  #own: SectionLayers | null = null
  #inherited: SectionLayers | null = null

  constructor(above: Level | null, assumed: SectionLayers = new Map()) {
    this.above = above
    this.#assumed = assumed
  }

  /** The level at a path, made when it is not there. */
  at(path: ConfigPath): Level {
    return path.reduce<Level>((level, segment) => level.#child(segment), this)
  }

  #child(segment: string): Level {
    const child = this.children.get(segment) ?? new Level(this)
    this.children.set(segment, child)
    return child
  }

  /** The deepest level of a path that something is said about. */
  deepest(path: ConfigPath, from = 0): Level {
    const child = this.children.get(path[from] ?? '')
    return child === undefined ? this : child.deepest(path, from + 1)
  }

  /** Every level from here down, the upper ones first. */
  *all(): Generator<Level> {
    const waiting: Level[] = [this]
    for (let level = waiting.pop(); level !== undefined; level = waiting.pop()) {
      yield level
      waiting.push(...level.children.values())
    }
  }

  /** From the server down to this level. */
  line(): readonly Level[] {
    return [...(this.above?.line() ?? []), this]
  }

  /** What applies to URLs of this level. */
  layers(): SectionLayers {
    this.#own ??= this.#merged(true)
    return this.#own
  }

  /** What applies below, in child applications: without inheritInChildApplications="false". */
  #layersForChildApplications(): SectionLayers {
    this.#inherited ??= this.#merged(false)
    return this.#inherited
  }

  #merged(own: boolean): SectionLayers {
    const merged = new Map(this.#below(own))
    for (const { section, change, inheritInChildApplications } of this.contributions)
      if (own || inheritInChildApplications) merged.set(section, layered(merged.get(section) ?? null, change))
    return merged
  }

  #below(own: boolean): SectionLayers {
    if (this.above === null) return this.#assumed
    return own && !this.isApplication ? this.above.layers() : this.above.#layersForChildApplications()
  }
}
