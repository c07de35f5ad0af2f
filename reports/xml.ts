/** Elements and attributes as indented XML 1.0 text. Everything is escaped; nothing is read. */
import { safeText } from './safe-text.ts'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  /** Child elements, or lines of text. */
  readonly children?: readonly XmlElement[]
  readonly text?: readonly string[]
}

export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementLines(root, '').join('\n')}\n`
}

function elementLines(
  { name, attributes, children = [], text = [] }: XmlElement,
  indent: string,
): readonly string[] {
  const start = `${indent}<${name}${Object.entries(attributes).map(attributeText).join('')}`
  // Text is not indented: its white space is content.
  if (text.length > 0) return [`${start}>${text.map(escapeXml).join('\n')}</${name}>`]
  if (children.length === 0) return [`${start}/>`]
  return [
    `${start}>`,
    ...children.flatMap((child) => elementLines(child, `${indent}  `)),
    `${indent}</${name}>`,
  ]
}

function attributeText([name, value]: readonly [string, string | number]): string {
  return ` ${name}="${escapeXml(String(value))}"`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Safe text first: XML 1.0 §2.2 has no way to write most control characters, not even as references. */
function escapeXml(text: string): string {
  return safeText(text).replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
