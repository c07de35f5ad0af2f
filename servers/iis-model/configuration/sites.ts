/** `system.applicationHost/sites` to sites, without their settings. */
import { configurationError, type Position } from './configuration-error.ts'
import { mostSegments, segmentsOf } from './config-path.ts'
import type { EffectiveOf } from './element-schema.ts'
import { effective, elementOf, layered } from './layers.ts'
import { quoted } from './quoted.ts'
import { readElement, type Change, type ReadingContext } from './read-element.ts'
import type { Binding, SiteConfiguration } from './settings.ts'
import { siteSchema, sitesSchema } from './sites-schema.ts'
import type { XmlElement } from './xml-tree.ts'

export type Site = Omit<SiteConfiguration, 'settingsFor'>

/** What a web.config is taken to stand in when no applicationHost.config says more. */
export const defaultSite: Site = {
  name: 'Default Web Site',
  id: 1,
  bindings: [{ protocol: 'https', bindingInformation: '*:443:', sslFlags: 0 }],
  connectionTimeoutMs: siteSchema.elements.limits.attributes.connectionTimeout.default,
  applications: ['/'],
}

export function readSites(element: XmlElement, context: ReadingContext): readonly Site[] {
  const change = readElement(element, sitesSchema, context)
  // Refuses a name that is there twice.
  const siteDefaults = elementOf(layered(null, change), 'siteDefaults')
  checkBindings(change.elements.get('siteDefaults'), context)
  const idLines = new Map<number, number>()
  const sites: Site[] = []
  for (const { entry } of adds(change)) {
    checkBindings(entry, context)
    checkApplications(entry)
    const site = effective(siteSchema, layered(siteDefaults, entry))
    const first = idLines.get(site.id)
    const id = entry.attributes.get('id')?.at ?? entry.at
    if (first !== undefined) refuseSecondId(site.id, id, first)
    idLines.set(site.id, id.line)
    sites.push(siteOf(site, entry.at, context))
  }
  if (sites.length > 0) return sites
  throw configurationError(
    element.at,
    '<sites> has no <site>, expected one at least',
    'add the site to be played',
  )
}

function siteOf(site: EffectiveOf<typeof siteSchema>, at: Position, { notes }: ReadingContext): Site {
  const bindings: Binding[] = []
  for (const { protocol, bindingInformation, sslFlags } of site.bindings.entries) {
    const known = protocols.find((name) => name === protocol.toLowerCase())
    if (known !== undefined) bindings.push({ protocol: known, bindingInformation, sslFlags })
  }
  const written = site.entries.map(({ path }) => path)
  if (!written.includes('/'))
    notes.add(
      at,
      `site ${quoted(site.name)} has no application '/', without which IIS does not start it: added`,
    )
  return {
    name: site.name,
    id: site.id,
    bindings,
    connectionTimeoutMs: site.limits.connectionTimeout,
    applications: ['/', ...written.filter((path) => path !== '/')],
  }
}

const protocols = ['http', 'https'] as const

/** ip:port:host; the address may be `*`, absent, IPv4 or IPv6 in brackets. */
const bindingInformationForm = /^(?:\*|[\d.]+|\[[\dA-Fa-f:.%]+\])?:(\d{1,5}):[^:\s/]*$/

function checkBindings(site: Change | undefined, { notes }: ReadingContext): void {
  for (const { entry, at } of adds(site?.elements.get('bindings'))) {
    const protocol = text(entry, 'protocol')
    if (!protocols.some((name) => name === protocol.toLowerCase())) {
      notes.add(at, `${quoted(protocol)} bindings are not modelled: ignored`)
      continue
    }
    const value = text(entry, 'bindingInformation')
    const port = Number(bindingInformationForm.exec(value)?.[1] ?? 0)
    if (port >= 1 && port <= 65_535) continue
    throw configurationError(
      entry.attributes.get('bindingInformation')?.at ?? entry.at,
      `binding@bindingInformation is ${quoted(value)}, expected address:port:host`,
      'for example *:443: for every address, or 127.0.0.1:443:www.example.org',
    )
  }
}

function checkApplications(site: Change): void {
  for (const { entry } of adds(site)) {
    const value = text(entry, 'path')
    if (value.startsWith('/') && !value.includes('//') && segmentsOf(value).length < mostSegments) continue
    throw configurationError(
      entry.attributes.get('path')?.at ?? entry.at,
      `application@path is ${quoted(value)}, expected a virtual path of fewer than ${mostSegments} segments`,
      'it begins with /, and the root application is /',
    )
  }
}

function refuseSecondId(id: number, at: Position, firstLine: number): never {
  throw configurationError(
    at,
    `site@id is ${id}, expected an id that no other site has`,
    `the site of line ${firstLine} has it`,
  )
}

type Add = Extract<Change['operations'][number], { kind: 'add' }>

/** What is added and not cleared again. */
function adds(change: Change | undefined): readonly Add[] {
  const operations = change?.operations ?? []
  const lastClear = operations.findLastIndex(({ kind }) => kind === 'clear')
  return operations.slice(lastClear + 1).filter((operation) => operation.kind === 'add')
}

function text(change: Change, name: string): string {
  const value = change.attributes.get(name)?.value
  return typeof value === 'string' ? value : ''
}
