/**
 * The detailed error page of IIS 7 and later, which shows substatus and HRESULT: a plain page with its headings and its
 * rows [itq], none of its HTML. Everything that a client or a configuration can have written is escaped.
 */
import type { HttpAnswer } from '../pipeline/request.ts'
import { targetParts } from '../request-target.ts'
import { detailedText } from './detailed-texts.ts'
import { bounded, escapeHtml } from './escape.ts'
import type { PageContext } from './page-context.ts'
import { reasonPhrase } from './reason-phrases.ts'
import { reasonText } from './status-reasons.ts'

type Row = readonly [heading: string, value: string]

export function detailedErrorPage(answer: HttpAnswer, context: PageContext): string {
  const { generation, serverHeader } = context.machine.profile
  const code = `${answer.status}.${answer.substatus}`
  const heading = `${code} - ${reasonPhrase(answer.status)}`
  const { sentence, causes, remedies } = detailedText(
    code,
    reasonText(answer.status, answer.substatus, generation),
  )
  return [
    '<!DOCTYPE html>',
    '<html><head><meta charset="utf-8">',
    `<title>${escapeHtml(serverHeader.replace('Microsoft-IIS/', 'IIS '))} Detailed Error - ${heading}</title></head><body>`,
    `<h2>HTTP Error ${heading}</h2>`,
    `<h3>${escapeHtml(sentence)}</h3>`,
    ...list('Most likely causes:', causes),
    ...list('Things you can try:', remedies),
    '<h4>Detailed Error Information:</h4>',
    '<table>',
    ...errorRows(answer, context).map(tableRow),
    '</table>',
    '<h4>More Information:</h4>',
    `<p><a href="${escapeHtml(moreInformation(answer))}">View more information</a></p>`,
    '</body></html>',
    '',
  ].join('\r\n')
}

function errorRows(answer: HttpAnswer, context: PageContext): readonly Row[] {
  const { path } = targetParts(context.request.url)
  return [
    ['Module', answer.module],
    ['Notification', answer.notification],
    ['Handler', handlerOf(path)],
    ['Error Code', hexText(answer.hresult)],
    ['Requested URL', requestedUrl(context)],
    ['Physical Path', `C:\\inetpub\\wwwroot${decoded(path).replaceAll('/', '\\')}`],
    ['Logon Method', logonMethod(answer)],
    ['Logon User', logonUser(answer)],
  ]
}

/** Which handler a path is mapped to, with ASP.NET installed: only the extensionless one was seen [itq], the rest is inferred. */
const handlers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\/$/, 'StaticFile'],
  [/\.asp$/i, 'ASPClassic'],
  [/\.aspx$/i, 'PageHandlerFactory-Integrated-4.0'],
  [/\/[^/.]*$/, 'ExtensionlessUrlHandler-Integrated-4.0'],
]

const handlerOf = (path: string): string =>
  handlers.find(([pattern]) => pattern.test(path))?.[1] ?? 'StaticFile'

/** Scheme, name and port of the request, always with the port [itq]. */
function requestedUrl({ request, variables }: PageContext): string {
  const scheme = variables.get('HTTPS') === 'on' ? 'https' : 'http'
  const { path, query } = targetParts(request.url)
  const target = query === '' ? path : `${path}?${query}`
  return `${scheme}://${variables.get('SERVER_NAME') ?? ''}:${variables.get('SERVER_PORT') ?? ''}${target}`
}

const UNDETERMINED = 'Not yet determined'

const logonMethod = ({ user }: HttpAnswer): string =>
  user === null ? UNDETERMINED : user.authType || 'Anonymous'

const logonUser = ({ user }: HttpAnswer): string =>
  user === null ? UNDETERMINED : (user.name ?? 'Anonymous')

/** `0x800b0109`. */
const hexText = (hresult: number): string => `0x${(hresult >>> 0).toString(16).padStart(8, '0')}`

/** Real pages have the build of Windows as a fourth number, which a profile does not know. */
const moreInformation = ({ status, substatus, hresult }: HttpAnswer): string =>
  `https://go.microsoft.com/fwlink/?LinkID=62293&IIS70Error=${status},${substatus},${hexText(hresult)}`

function list(heading: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return []
  return [`<h4>${heading}</h4>`, '<ul>', ...items.map((item) => `<li>${escapeHtml(item)}</li>`), '</ul>']
}

/** Enough for any honest URL, and a page stays a page. */
const MAX_SHOWN_CHARACTERS = 2048

const tableRow = ([heading, value]: Row): string =>
  `<tr><th>${heading}</th><td>${escapeHtml(bounded(value, MAX_SHOWN_CHARACTERS))}</td></tr>`

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
