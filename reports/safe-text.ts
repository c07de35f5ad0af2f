/**
 * Makes text that came from a peer, a certificate or a log harmless for a terminal, a plain text file and XML 1.0:
 * whatever is not a visible character becomes a visible `\u{..}` escape.
 * Not reversible (a backslash stays as it is), and not quoting: markup and shell characters pass through.
 */

/**
 * Controls (C0, DEL, C1: terminal escapes), format characters (bidi controls, zero-width characters, tags),
 * lone surrogates, line and paragraph separators, and noncharacters, of which XML 1.0 forbids U+FFFE and U+FFFF.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

/** The text on one line, with everything invisible escaped. */
export function safeText(text: string): string {
  return replaceInvisible(text, (codePoint) => `\\u{${codePoint.toString(16)}}`)
}

/** The text with every invisible character replaced, line breaks included. */
export function replaceInvisible(text: string, replacement: (codePoint: number) => string): string {
  return text.replace(invisible, (character) => replacement(character.codePointAt(0) ?? 0))
}
