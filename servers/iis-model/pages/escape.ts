/** Text of strangers made fit for a page: nothing that is markup, ends a line or turns the reading direction around. */

/** Controls, bidirectional controls, line and paragraph separators, and halves of surrogate pairs. */
const invisible = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/gu

/** `\u000D` in place of the character itself. */
export function visible(text: string): string {
  return text.replace(
    invisible,
    (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Safe as the content of an element and between quotes in an attribute. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** At most so many UTF-16 units, and three dots where something was cut off. */
export function bounded(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}...`
}
