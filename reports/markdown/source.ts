/**
 * Where an expectation comes from, for a table cell. Sources are written `[key] address; [key] words`: an address
 * becomes a link on its key, words stay words.
 */
import { prose } from './escape.ts'

export function sourceText(source: string): string {
  return source
    .split(/; (?=\[)/)
    .map(oneSource)
    .join(', ')
}

function oneSource(source: string): string {
  const [, key, address] = /^\[([^\]]+)\] (https?:\/\/\S+)/.exec(source) ?? []
  const link = address === undefined ? null : destination(address)
  return key === undefined || link === null ? prose(source) : `[${prose(key)}](${link})`
}

/** Without anything that could end the link or the cell; null for what is no address. */
function destination(address: string): string | null {
  if (!URL.canParse(address)) return null
  return new URL(address).href.replace(
    /[^\w\-.~:/?#@!$&'+,=%]/g,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
