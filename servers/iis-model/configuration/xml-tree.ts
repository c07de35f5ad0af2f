/**
 * XML text to a tree in which every element and attribute knows its line and column.
 * The parser is saxes. No DTD, so no entity but the five of XML and nothing is ever fetched; and bounded, since the
 * file may be a stranger's. What the elements mean is not known here.
 */
import { SaxesParser } from 'saxes'
import { configurationError, type Position } from './configuration-error.ts'
import type { Notes } from './notes.ts'
import { Positions } from './positions.ts'
import { printable, quoted } from './quoted.ts'

export interface ConfigurationFile {
  /** For messages. */
  readonly name: string
  readonly text: string
}

export interface XmlElement {
  readonly name: string
  readonly at: Position
  readonly attributes: ReadonlyMap<string, XmlAttribute>
  readonly children: readonly XmlElement[]
  /** Where text other than white space begins, if there is any. */
  readonly text: Position | null
}

export interface XmlAttribute {
  readonly value: string
  readonly at: Position
}

export const xmlLimits = {
  /** UTF-16 code units of one file. */
  length: 16 * 1024 * 1024,
  elements: 100_000,
  attributesOfAnElement: 256,
  depth: 64,
} as const

const byteOrderMark = '\ufeff'

/** An element that is still open. */
interface OpenElement extends XmlElement {
  readonly attributes: Map<string, XmlAttribute>
  readonly children: XmlElement[]
  text: Position | null
}

export function readXml(file: ConfigurationFile, notes: Notes): XmlElement {
  const text = file.text.startsWith(byteOrderMark) ? file.text.slice(1) : file.text
  if (text.length > xmlLimits.length) {
    throw configurationError(
      { file: file.name, line: 1, column: 1 },
      `the file has ${text.length} characters, expected at most ${xmlLimits.length}`,
      'give the configuration file itself, or cut what IIS does not need',
    )
  }

  const positions = new Positions(file.name, text)
  const parser = new SaxesParser({ position: false })
  const open: OpenElement[] = []
  const roots: XmlElement[] = []
  let closed: XmlElement | undefined
  let ended = false
  let elements = 0
  /** Offset after the last markup, which is where text begins. */
  let markupEnd = 0

  const refuse = (offset: number, message: string, hint: string): never => {
    throw configurationError(positions.at(offset), message, hint)
  }
  /** The start of a tag whose name has just been read: nothing but the name is between. */
  const tagStart = () => text.lastIndexOf('<', parser.position - 1)

  parser.on('error', ({ message }) => {
    // saxes closes the element first, and then finds that the name is another's.
    const innermost = message.startsWith('unexpected close tag') ? closed : open.at(-1)
    const outside = /outside of root|before first tag/.test(message)
    refuse(
      ended ? text.length : outside ? textStart(markupEnd) : parser.position - 1,
      `not well-formed XML: ${printable(message.replace(/\.$/, ''))}, expected a complete XML document`,
      innermost === undefined
        ? 'open the file in an editor that checks XML'
        : `<${printable(innermost.name)}> of line ${innermost.at.line} is still open here`,
    )
  })
  parser.on('xmldecl', ({ version }) => {
    markupEnd = parser.position
    // XmlLite, which IIS reads with, knows no other (inferred). XML 1.1 would also let control characters in.
    if (version !== '1.0')
      refuse(0, `XML version ${quoted(version ?? '')}, expected 1.0`, 'write <?xml version="1.0"?>')
  })
  parser.on('doctype', () => {
    refuse(
      text.indexOf('<!DOCTYPE', markupEnd),
      'a document type declaration, expected none in a configuration file',
      'remove the DOCTYPE: entities are not expanded and nothing is fetched',
    )
  })
  parser.on('processinginstruction', ({ target }) => {
    const at = positions.at(text.indexOf('<?', markupEnd))
    notes.add(at, `processing instruction ${quoted(target)} ignored`)
    markupEnd = parser.position
  })
  parser.on('comment', () => {
    // The event comes before the `>` is read.
    markupEnd = parser.position + 1
  })
  parser.on('cdata', (content) => {
    noteText(content, markupEnd)
    markupEnd = parser.position
  })
  parser.on('text', (content) => noteText(content, markupEnd))
  parser.on('opentagstart', ({ name }) => {
    const offset = tagStart()
    if (++elements > xmlLimits.elements)
      refuse(offset, `more than ${xmlLimits.elements} elements`, 'split the file: no server needs so many')
    if (open.length >= xmlLimits.depth)
      refuse(offset, `elements nested more than ${xmlLimits.depth} deep`, 'no section of IIS is that deep')
    open.push({ name, at: positions.at(offset), attributes: new Map(), children: [], text: null })
  })
  parser.on('attribute', ({ name, value }) => {
    const element = open.at(-1)
    const offset = attributeStart(text, parser.position, name)
    if (element === undefined) return
    if (element.attributes.has(name))
      refuse(offset, `attribute ${quoted(name)} twice, expected once`, 'remove one of them')
    if (element.attributes.size >= xmlLimits.attributesOfAnElement)
      refuse(
        offset,
        `more than ${xmlLimits.attributesOfAnElement} attributes`,
        'no section of IIS has so many',
      )
    element.attributes.set(name, { value, at: positions.at(offset) })
  })
  parser.on('opentag', () => {
    markupEnd = parser.position
  })
  parser.on('closetag', () => {
    markupEnd = parser.position
    const element = open.pop()
    if (element === undefined) return
    closed = element
    const parent = open.at(-1)
    if (parent === undefined) roots.push(element)
    else parent.children.push(element)
  })

  function noteText(content: string, from: number): void {
    const element = open.at(-1)
    if (element === undefined || element.text !== null || content.trim() === '') return
    element.text = positions.at(textStart(from))
  }

  /** The first character from there that is not white space. */
  function textStart(from: number): number {
    return from + Math.max(0, text.slice(from, parser.position).search(/\S/))
  }

  parser.write(text)
  ended = true
  parser.close()
  return roots[0] ?? refuse(text.length, 'no element, expected <configuration>', 'the file is empty')
}

/** The start of the attribute whose closing quotation mark is just before `end`. */
function attributeStart(text: string, end: number, name: string): number {
  const quotationMark = text.charAt(end - 1)
  const openingMark = text.lastIndexOf(quotationMark, end - 2)
  return text.lastIndexOf(name, openingMark - name.length)
}
