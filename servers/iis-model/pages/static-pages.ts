/**
 * The error pages that remote clients read. IIS 7 and later: one page for a status, the same for every substatus, because
 * the default custom error entries carry none (inferred) [gradenegger] [ndes] [spike]. IIS 5 and 6: a page for each
 * substatus, whose last heading names it [buccheri] [q252657]. Nothing of the request is on any of them.
 */
import type { IisProfile } from '../profiles.ts'
import { escapeHtml } from './escape.ts'
import { reasonPhrase } from './reason-phrases.ts'
import { reasonText } from './status-reasons.ts'

interface StaticText {
  readonly title: string
  readonly paragraph: string
}

/** [gradenegger] [ndes] for 403, [spike] for 401. */
const PERMISSION =
  'You do not have permission to view this directory or page using the credentials that you supplied.'

/** 413 and 500 in our words. */
const texts: Readonly<Record<number, StaticText>> = {
  401: { title: '401 - Unauthorized: Access is denied due to invalid credentials.', paragraph: PERMISSION },
  403: { title: '403 - Forbidden: Access is denied.', paragraph: PERMISSION },
  413: { title: '413 - Request Entity Too Large', paragraph: 'The body of the request is too large.' },
  500: { title: '500 - Internal Server Error', paragraph: 'The request could not be served.' },
}

export function staticErrorPage(status: number, substatus: number, { generation }: IisProfile): string {
  return generation === 7 ? statusPage(status) : substatusPage(status, substatus, generation)
}

function statusPage(status: number): string {
  const { title, paragraph } = texts[status] ?? {
    title: `${status} - ${reasonPhrase(status)}`,
    paragraph: '',
  }
  return htmlPage(title, [
    '<h1>Server Error</h1>',
    `<h2>${escapeHtml(title)}</h2>`,
    `<h3>${escapeHtml(paragraph)}</h3>`,
  ])
}

/** 401 as IIS 6 has it (KB 311699); the others are ours. That IIS 5 says the same is inferred. */
const headlines: Readonly<Record<number, string>> = {
  401: 'You are not authorized to view this page',
  403: 'The page cannot be displayed',
}

/** Of 403.12 [buccheri]; that the others have it too is inferred. */
const CERTIFICATE_HEADLINE = 'The requested page requires a valid SSL client certificate'
const certificateSubstatuses: readonly number[] = [7, 12, 13, 16, 17]

function substatusPage(status: number, substatus: number, generation: 5 | 6): string {
  const aboutCertificate = status === 403 && certificateSubstatuses.includes(substatus)
  const headline = aboutCertificate
    ? CERTIFICATE_HEADLINE
    : (headlines[status] ?? 'The page cannot be displayed')
  const code = substatus === 0 ? String(status) : `${status}.${substatus}`
  const phrase = reasonPhrase(status)
  const reason = reasonText(status, substatus, generation)
  const said = reason === null || substatus === 0 ? phrase : `${phrase}: ${reason}`
  const { before, product } = footers[generation]
  return htmlPage(headline, [
    `<h1>${headline}</h1>`,
    `<h2>${before} ${code} - ${escapeHtml(said)}<br>${product}</h2>`,
  ])
}

/** IIS 6: [buccheri]. IIS 5 says neither Error nor IIS [q252657]; its hyphen is taken over from IIS 6 (inferred). */
const footers = {
  6: { before: 'HTTP Error', product: 'Internet Information Services (IIS)' },
  5: { before: 'HTTP', product: 'Internet Information Services' },
} as const

/** For a 200 that is not another page of ours. */
export function welcomePage({ generation }: IisProfile): string {
  const title = generation === 7 ? 'IIS Windows Server' : 'Under Construction'
  return htmlPage(title, ['<h2>Welcome.</h2>'])
}

/** HTML in ASCII. */
function htmlPage(title: string, body: readonly string[]): string {
  return [
    '<!DOCTYPE html>',
    `<html><head><title>${escapeHtml(title)}</title></head><body>`,
    ...body,
    '</body></html>',
    '',
  ].join('\r\n')
}
