/**
 * How many terminal columns a text takes, and text cut or filled to a width.
 * Names here are almost always ASCII, so this is an approximation without tables: combining marks take no column,
 * East Asian wide and emoji characters take two, everything else takes one.
 * Expects safe text without ANSI sequences: colour is put on last.
 */

const ascii = /^[\x20-\x7e]*$/
const combining = /^\p{M}$/u
const wide =
  /^(?:\p{Emoji_Presentation}|[\u{1100}-\u{115f}\u{2e80}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{20000}-\u{3fffd}])$/u

export function visibleWidth(text: string): number {
  if (ascii.test(text)) return text.length
  let width = 0
  for (const character of text) width += columnsOf(character)
  return width
}

/** Fills with spaces on the right; a longer text stays as it is. */
export function fill(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleWidth(text)))
}

/** Cuts to a width; the last column of a cut text is an ellipsis. */
export function cut(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text
  if (width < 1) return ''
  return `${headOf(text, width - 1)}…`
}

/** Breaks at spaces into lines of at most `width` columns; a word that is longer than a line is broken. */
export function wrap(text: string, width: number): readonly string[] {
  return wrapAt(text, width, true)
}

/** The same for text with addresses, which are there to be copied: no word is broken. */
export function wrapWhole(text: string, width: number): readonly string[] {
  return wrapAt(text, width, false)
}

function wrapAt(text: string, width: number, breaksWords: boolean): readonly string[] {
  const room = Math.max(1, width)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && visibleWidth(line) + 1 + visibleWidth(word) <= room) {
      line += ` ${word}`
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (breaksWords && visibleWidth(line) > room) {
      const head = headOf(line, room)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

/** The longest beginning that fits, but at least one character. */
function headOf(text: string, width: number): string {
  let head = ''
  let taken = 0
  for (const character of text) {
    taken += columnsOf(character)
    if (head !== '' && taken > width) break
    head += character
  }
  return head
}

function columnsOf(character: string): number {
  if (combining.test(character)) return 0
  return wide.test(character) ? 2 : 1
}
