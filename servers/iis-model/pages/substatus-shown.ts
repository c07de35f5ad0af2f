/**
 * Reads the substatus back from a page: our own, and those of a real IIS, which have it in the same heading. The heading
 * is markup, and every part of the request on a page of IIS is escaped, so a client cannot write one.
 */

/** `<h2>HTTP Error 403.16 - Forbidden`; IIS 5 `<h2>HTTP 403.16 - Forbidden: ...`. */
const heading = /<h2[^<>]*>\s*HTTP (?:Error )?\d{3}\.(\d{1,3}) - /

/** In plain text, where nothing needs escaping, the words can be anybody's. */
const markup = /^\s*</

/** null: the page shows none, as the static pages of IIS 7 and later do not. */
export function substatusShown(body: string): number | null {
  const shown = markup.test(body) ? heading.exec(body)?.[1] : undefined
  return shown === undefined ? null : Number(shown)
}
