/**
 * The code behind nginx's 400, which only the built-in error page shows, by its title. ngx_http_special_response.c
 * keeps one page for each code; the status line and the log say 400 for all of them.
 */
import type { HttpAnswer } from '../../harness/model/server.ts'

const titles = {
  '400 The SSL certificate error': 495,
  '400 No required SSL certificate was sent': 496,
  '400 The plain HTTP request was sent to HTTPS port': 497,
} as const satisfies Readonly<Record<string, number>>

export function substatusOf({ status, body }: Pick<HttpAnswer, 'status' | 'body'>) {
  if (status !== 400) return null
  const title = /<title>([^<]*)<\/title>/.exec(body)?.[1]
  const substatus = Object.entries(titles).find(([text]) => text === title)?.[1]
  return substatus === undefined ? null : ({ substatus, substatusFrom: 'body' } as const)
}
