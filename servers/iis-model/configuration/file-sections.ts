/**
 * One file taken apart: the known sections in it, each with the location that it stands in, and notes about the rest.
 * What is in a section is read-element.ts.
 */
import { configurationError, type Position } from './configuration-error.ts'
import { readLocation, type Location } from './locations.ts'
import type { Notes } from './notes.ts'
import { printable, quoted } from './quoted.ts'
import { refuseText, spellingHint } from './refusals.ts'
import { dotNetSections, groups, rootNames, sectionName } from './section-names.ts'
import type { SectionName, sitesSection } from './section-schema.ts'
import type { XmlElement } from './xml-tree.ts'

export interface FileSections {
  readonly root: XmlElement
  readonly configSections: XmlElement | null
  readonly found: readonly FoundSection[]
}

export interface FoundSection {
  readonly name: SectionName | typeof sitesSection
  readonly element: XmlElement
  readonly location: Location | null
}

export function fileSections(root: XmlElement, notes: Notes): FileSections {
  if (root.name !== 'configuration')
    throw configurationError(
      root.at,
      `the root is <${printable(root.name)}>, expected <configuration>`,
      spellingHint(root.name, ['configuration']),
    )
  refuseText(root)
  for (const [name, { at }] of root.attributes)
    if (!name.startsWith('xmlns')) notes.add(at, `attribute ${quoted(name)} of <configuration> ignored`)
  return new FileWalk(root, notes).result()
}

class FileWalk {
  readonly #root: XmlElement
  readonly #notes: Notes
  readonly #found: FoundSection[] = []
  /** By location and section. */
  readonly #places = new Map<string, Position>()
  readonly #dotNet = new Map<string, Position>()

  constructor(root: XmlElement, notes: Notes) {
    this.#root = root
    this.#notes = notes
  }

  result(): FileSections {
    let configSections: XmlElement | null = null
    for (const [index, child] of this.#root.children.entries()) {
      if (child.name === 'location') {
        const location = readLocation(child)
        for (const inner of child.children) this.#walk(inner, '', location)
      } else if (child.name === 'configSections') {
        if (index > 0) refuseConfigSections(child)
        configSections = child
      } else this.#walk(child, '', null)
    }
    this.#noteDotNet()
    return { root: this.#root, configSections, found: this.#found }
  }

  #walk(element: XmlElement, group: string, location: Location | null): void {
    const path = group === '' ? element.name : `${group}/${element.name}`
    const name = sectionName(path)
    if (name !== undefined) {
      this.#place(path, element, location)
      this.#found.push({ name, element, location })
    } else if (groups.has(path)) {
      refuseText(element)
      for (const [attribute, { at }] of element.attributes)
        this.#notes.add(at, `attribute ${quoted(attribute)} of ${path} ignored`)
      for (const child of element.children) this.#walk(child, path, location)
    } else this.#unknown(element, path, group, location)
  }

  #place(path: string, element: XmlElement, location: Location | null): void {
    const key = location === null ? path : JSON.stringify([location.path, path])
    const first = this.#places.get(key)
    if (first !== undefined)
      throw configurationError(
        element.at,
        `a duplicate section ${path}, expected it once in a place`,
        `it is there already in line ${first.line}: make one of the two`,
      )
    this.#places.set(key, element.at)
  }

  #unknown(element: XmlElement, path: string, group: string, location: Location | null): void {
    const known = group === '' ? rootNames : [...(groups.get(group) ?? [])]
    const right = known.find((name) => name.toLowerCase() === element.name.toLowerCase())
    if (right !== undefined)
      throw configurationError(
        element.at,
        right === element.name
          ? `<${right}> in a <location>, expected it at the root`
          : `unrecognized element <${element.name}>, expected <${right}>`,
        right === element.name ? 'move it' : spellingHint(element.name, known),
      )
    if (group === '' && dotNetSections.has(element.name)) {
      if (!this.#dotNet.has(element.name)) this.#dotNet.set(element.name, element.at)
      this.#noteUrlAuthorization(element)
    } else {
      const where = location === null ? '' : ' (in a location)'
      this.#notes.add(element.at, `section ${printable(path)}${where} is not modelled: ignored`)
    }
  }

  /** People put the wrong one of the two there often enough. */
  #noteUrlAuthorization(element: XmlElement): void {
    const authorization = element.children.find(({ name }) => name === 'authorization')
    if (element.name !== 'system.web' || authorization === undefined) return
    this.#notes.add(
      authorization.at,
      'system.web/authorization is ignored: ASP.NET URL authorization is not modelled, ' +
        'only system.webServer/security/authorization is',
    )
  }

  #noteDotNet(): void {
    const [first] = this.#dotNet.values()
    if (first !== undefined)
      this.#notes.add(first, `sections of .NET are ignored: ${[...this.#dotNet.keys()].join(', ')}`)
  }
}

function refuseConfigSections(element: XmlElement): never {
  throw configurationError(
    element.at,
    '<configSections> after another element, expected it once, as the first element of <configuration>',
    'move it to the top',
  )
}
