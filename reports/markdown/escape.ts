/**
 * Text in GitHub Flavored Markdown, in one line that also fits a table cell. https://github.github.com/gfm/
 * Names and logs come from peers: they stand in code, where GitHub makes no link, mention or reference of them.
 */
import { safeText } from '../safe-text.ts'

/** What a code span cannot hold in a table: its own end, the end of a cell, and a backslash that would escape one. */
const breaksCodeSpan = /[`|]|\\(?![\p{L}\p{N}])|^ | $/u

/** A code span; '' for an empty text. */
export function code(text: string): string {
  const safe = safeText(text)
  if (safe === '') return ''
  return breaksCodeSpan.test(safe) ? htmlCode(text) : `\`${safe}\``
}

/** The same in HTML, for any text and for places where a code span is none. */
export function htmlCode(text: string): string {
  return `<code>${entities(safeText(text))}</code>`
}

/** Words of our own, as they are; a word that GitHub would make a link, mention or reference of is code. */
export function prose(text: string): string {
  return safeText(text)
    .split(' ')
    .map((word) => (linked.test(word) ? code(word) : word.replace(markup, String.raw`\$&`)))
    .join(' ')
}

/** Mentions, issue references, addresses. */
const linked = /@|#\p{N}|GH-|:\/\/|www\./iu

/** What can mean something within a line; GFM §2.4: any ASCII punctuation can be escaped. */
const markup = /[\\`*[\]<>|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu

/** Everything but letters, digits and what never means anything: an entity starts no markup and ends no cell. */
function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M} .,/-]/gu, (character) => `&#${character.codePointAt(0)};`)
}
