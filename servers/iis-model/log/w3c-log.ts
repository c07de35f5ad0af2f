/**
 * The W3C extended log format as IIS writes it [logfile], and a parser that honours `#Fields`.
 * Text only: the file and who waits for a line are site-log.ts. Times are UTC.
 */
import { loggedWin32 } from '../codes.ts'
import type { IisProfile } from '../profiles.ts'
import { targetParts } from '../request-target.ts'
import { logLayouts } from './w3c-fields.ts'
import type { FieldName } from './w3c-fields.ts'

/** What of a profile decides how its log looks. */
export type LogProfile = Pick<IisProfile, 'software' | 'logFields'>

export interface W3cEntry {
  /** Epoch milliseconds of the end of the request. */
  readonly endedAt: number
  readonly durationMs: number
  readonly server: { readonly ip: string | undefined; readonly port: number | undefined }
  readonly clientIp: string | undefined
  readonly method: string | undefined
  /** The request target as it came. */
  readonly target: string | undefined
  readonly userAgent: string | undefined
  readonly referer: string | undefined
  /** null: nobody was authenticated, which includes anonymous users. */
  readonly username: string | null
  readonly status: number
  readonly substatus: number
  readonly hresult: number
}

export function formatW3cHeader({ software, logFields }: LogProfile, nowMs: number): string {
  const { date, time } = utc(nowMs)
  const { fields, fieldsEnd } = logLayouts[logFields]
  return [
    `#Software: ${software}`,
    '#Version: 1.0',
    `#Date: ${date} ${time}`,
    `#Fields: ${fields.join(' ')}${fieldsEnd}`,
    '',
  ].join('\r\n')
}

/** One line without its line end. */
export function formatW3cLine({ logFields }: LogProfile, entry: W3cEntry): string {
  const { path, query } = targetParts(entry.target ?? '')
  const values: Readonly<Record<FieldName, string | number | null | undefined>> = {
    ...utc(entry.endedAt),
    's-ip': entry.server.ip,
    'cs-method': entry.method,
    'cs-uri-stem': path,
    'cs-uri-query': query,
    's-port': entry.server.port,
    'cs-username': entry.username,
    'c-ip': entry.clientIp,
    'cs(User-Agent)': entry.userAgent,
    'cs(Referer)': entry.referer,
    'sc-status': entry.status,
    'sc-substatus': entry.substatus,
    'sc-win32-status': loggedWin32(entry.hresult),
    'time-taken': Math.max(0, Math.round(entry.durationMs)),
  }
  return logLayouts[logFields].fields.map((name) => fieldValue(values[name])).join(' ')
}

export interface W3cRecord {
  readonly line: string
  /** By field name; a field logged as `-` is null. */
  readonly values: ReadonlyMap<string, string | null>
}

/** Lines before the first `#Fields`, and lines with another number of values than it names, are left out. */
export function parseW3cLog(text: string): W3cRecord[] {
  const records: W3cRecord[] = []
  let fields: readonly string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#Fields:')) fields = line.slice('#Fields:'.length).trim().split(/ +/)
    if (line === '' || line.startsWith('#')) continue
    const values = line.split(' ')
    if (values.length !== fields.length) continue
    records.push({
      line,
      values: new Map(fields.map((name, index) => [name, noneAsNull(values[index])])),
    })
  }
  return records
}

const noneAsNull = (value: string | undefined): string | null =>
  value === undefined || value === '-' ? null : value

/** Of a value as it is written; a longer one is logged as three dots. Inferred, and it bounds what site-log.ts remembers. */
const MAX_FIELD_CHARACTERS = 4096

/** Every value is one run of printable ASCII, whatever a client sent: the log's structure is ours alone. */
function fieldValue(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return '-'
  const text = String(value)
    .replaceAll(' ', '+')
    .replace(/[^\x21-\x7e]/gu, percentEncoded)
  return text.length > MAX_FIELD_CHARACTERS ? '...' : text
}

/** Node reads header bytes as Latin-1, so up to U+00FF a character is the byte that came. */
function percentEncoded(character: string): string {
  const bytes = Buffer.from(character, character <= '\xff' ? 'latin1' : 'utf8')
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

function utc(epochMs: number): { readonly date: string; readonly time: string } {
  const iso = new Date(epochMs).toISOString()
  return { date: iso.slice(0, 10), time: iso.slice(11, 19) }
}
