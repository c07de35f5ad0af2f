/**
 * /logoninfo.asp: the server variables of the request in a table, like the page of that name with which the articles about
 * certificate mapping try out who is logged on. `?format=text` or `Accept: text/plain` gives `NAME=value` lines.
 */
import { targetParts } from '../request-target.ts'
import { escapeHtml } from './escape.ts'
import type { PageContext, PageRequest } from './page-context.ts'

const paths: readonly string[] = ['/logoninfo.asp', '/logoninfo.aspx']

export const isLogonInfo = ({ url }: PageRequest): boolean =>
  paths.includes(targetParts(url).path.toLowerCase())

export interface Content {
  readonly type: string
  readonly body: string
}

export function logonInfoPage({ request, variables, site }: PageContext): Content {
  if (wantsText(request)) return { type: 'text/plain; charset=utf-8', body: textOf(variables) }
  const rows = [...variables].map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  )
  const body = [
    '<!DOCTYPE html>',
    '<html><head><meta charset="utf-8"><title>Logon information</title>',
    `<style>${TABLE_STYLE}</style></head><body>`,
    `<h2>Logon information of ${escapeHtml(site.name)}</h2>`,
    '<table>',
    ...rows,
    '</table>',
    '</body></html>',
    '',
  ].join('\r\n')
  return { type: 'text/html; charset=utf-8', body }
}

/** Names at the left edge, and long values (a certificate) within the page. */
const TABLE_STYLE = 'th{text-align:left;vertical-align:top}td{word-break:break-all}'

/** Values have no control characters: serverVariables() has made them visible. */
const textOf = (variables: PageContext['variables']): string =>
  [...variables].map(([name, value]) => `${name}=${value}\r\n`).join('')

function wantsText({ url, headers }: PageRequest): boolean {
  if (new URLSearchParams(targetParts(url).query).get('format') === 'text') return true
  const accepted = [headers['accept'] ?? []].flat().join(',').split(',')
  return accepted.some((range) => range.split(';')[0]?.trim().toLowerCase() === 'text/plain')
}
