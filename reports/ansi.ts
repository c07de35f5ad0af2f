/** The few ANSI SGR sequences that reports use (ECMA-48 §8.3.117). Colour is decoration: no meaning hangs on it. */

/** [on, off]; bold and dim share their off code. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const satisfies Record<string, readonly [on: number, off: number]>

export type Style = keyof typeof codes

/** Puts styles around safe text; without colour it gives the text back. */
export type Paint = (text: string, ...styles: readonly Style[]) => string

export function painter(colour: boolean): Paint {
  if (!colour) return (text) => text
  return (text, ...styles) => styles.reduce((painted, style) => paintOne(painted, style), text)
}

function paintOne(text: string, style: Style): string {
  const [on, off] = codes[style]
  return text.trim() === '' ? text : `\u{1b}[${on}m${text}\u{1b}[${off}m`
}
