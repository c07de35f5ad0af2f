/**
 * The machine file of `countersign serve --machine`: YAML with what IIS's own configuration cannot say. Which keys there
 * are is machine-schema.ts, what they mean is machine-from-file.ts; README.md has an example.
 */
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import type { z } from 'zod'
import { HarnessError, messageOf } from '../../../harness/model/errors.ts'
import type { ConfigurationFile } from '../../../harness/model/server.ts'
import { printable, quoted } from '../configuration/quoted.ts'
import { machineSchema } from './machine-schema.ts'
import type { MachineFile } from './machine-schema.ts'

export type { MachineFile } from './machine-schema.ts'

/** @throws HarnessError ERR_MACHINE_FILE with file, line and column. */
export function readMachineFile(file: ConfigurationFile | null): MachineFile {
  if (file === null) return machineSchema.parse({})
  const yaml = new YamlFile(file)
  const result = machineSchema.safeParse(yaml.content() ?? {}, { reportInput: true })
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw issue ? yaml.refused(wording(issue), issue) : result.error
}

/** Says which key, what is there, and what was expected: the schema's messages are that last part. */
function wording(issue: z.core.$ZodIssue): string {
  const { code, path, message, input } = issue
  const at = printable(path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join(''))
  const subject = at.replace(/^\./, '') || 'the file'
  if (code === 'unrecognized_keys') {
    return `unknown key ${quoted(issue.keys[0] ?? '')} in ${subject}, expected ${message}`
  }
  if (input === undefined) return `${subject} is missing, expected ${message}`
  return `${subject} is ${/\bpasswords?\b/.test(at) ? kindOf(input) : shown(input)}, expected ${message}`
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value)
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'nothing'
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value}`
}

class YamlFile {
  readonly #path: string
  readonly #lines = new LineCounter()
  readonly #document: Document

  constructor({ path, text }: ConfigurationFile) {
    this.#path = path
    this.#document = this.#parsed(text)
    const [error] = this.#document.errors
    if (error) throw this.#refusedAt(`not well-formed YAML: ${printable(error.message)}`, error.pos[0])
  }

  /** Parser and composer go as deep as the file does, and a stack has an end. */
  #parsed(text: string): Document {
    try {
      return parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, logLevel: 'error' })
    } catch (thrown) {
      throw this.#refusedAt(`not readable as YAML: ${messageOf(thrown)}`, 0)
    }
  }

  content(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 0 })
    } catch {
      // One line of aliases can stand for gigabytes, and nobody needs one here.
      throw this.#refusedAt('the file has aliases (*name), expected none', 0)
    }
  }

  refused(message: string, issue: z.core.$ZodIssue): HarnessError {
    const place =
      issue.code === 'unrecognized_keys'
        ? offsetOf(this.#keyNode(issue.path, issue.keys[0] ?? ''))
        : this.#nearest(issue.path)
    return this.#refusedAt(message, place ?? 0)
  }

  #keyNode(path: readonly PropertyKey[], key: string): unknown {
    const map = this.#document.getIn(path, true)
    return isMap(map) ? map.items.find((pair) => String(pair.key) === key)?.key : undefined
  }

  /** A missing key has no place of its own: that of what it is missing in. */
  #nearest(path: readonly PropertyKey[]): number | null {
    const node = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true)
    return offsetOf(node) ?? (path.length === 0 ? null : this.#nearest(path.slice(0, -1)))
  }

  #refusedAt(message: string, offset: number): HarnessError {
    const { line, col } = this.#lines.linePos(offset)
    return new HarnessError('ERR_MACHINE_FILE', message, {
      where: `${this.#path}:${Math.max(line, 1)}:${Math.max(col, 1)}`,
      hint: 'servers/iis-model/README.md shows a machine file with every key',
    })
  }
}

const offsetOf = (node: unknown): number | null => (isNode(node) ? (node.range?.[0] ?? null) : null)
