/**
 * The response to an answer of the pipeline: which page, and the headers around it. The status line is the caller's
 * (reasonPhrase), Date is node's.
 */
import type { HttpAnswer } from '../pipeline/request.ts'
import { detailedErrorPage } from './detailed-error.ts'
import { isLogonInfo, logonInfoPage } from './logon-info.ts'
import type { Content } from './logon-info.ts'
import type { PageContext, PageResponse } from './page-context.ts'
import { staticErrorPage, welcomePage } from './static-pages.ts'

export function responseFor(answer: HttpAnswer, context: PageContext): PageResponse {
  const { profile } = context.machine
  const { type, body, isPrivate } = pageFor(answer, context)
  return {
    headers: {
      ...(isPrivate && { 'Cache-Control': 'private' }),
      'Content-Type': type,
      'Content-Length': String(Buffer.byteLength(body)),
      Server: profile.serverHeader,
      // A challenge has the realm of the configuration in it.
      ...(answer.challenges.length > 0 && { 'WWW-Authenticate': answer.challenges.map(headerValue) }),
      // ASP.NET came after Windows 2000 (inferred); from IIS 6 on it is in every published answer [iisexp1422].
      ...(profile.generation > 5 && { 'X-Powered-By': 'ASP.NET' }),
      ...(answer.close && !isHttp2(context) && { Connection: 'close' }),
    },
    body,
  }
}

function pageFor(answer: HttpAnswer, context: PageContext): Content & { readonly isPrivate: boolean } {
  const { profile } = context.machine
  if (answer.status < 400) {
    if (isLogonInfo(context.request)) return { ...logonInfoPage(context), isPrivate: true }
    return { type: 'text/html', body: welcomePage(profile), isPrivate: false }
  }
  if (showsDetails(context)) {
    return { type: 'text/html; charset=utf-8', body: detailedErrorPage(answer, context), isPrivate: true }
  }
  return {
    type: 'text/html',
    body: staticErrorPage(answer.status, answer.substatus, profile),
    isPrivate: false,
  }
}

/** `httpErrors@errorMode` [httperrors], which came with IIS 7. */
function showsDetails({ machine, settings, local }: PageContext): boolean {
  if (machine.profile.generation < 7) return false
  const { errorMode } = settings.httpErrors
  return errorMode === 'Detailed' || (errorMode === 'DetailedLocalOnly' && local)
}

/** Connection is an error in HTTP/2 (RFC 9113 §8.2.2), whose requests have pseudo-headers. */
const isHttp2 = ({ request }: PageContext): boolean => ':path' in request.headers

/** What node:http would throw at is left out: RFC 9110 §5.5. */
const headerValue = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
