/**
 * Reads a recorded connection: `# command lines`, then sections that begin with `== key log`, `== client N` or
 * `== server N` (one segment in hex, N counts both directions) and `== transcript`. See README.md beside this file.
 */
import { readFileSync } from 'node:fs'
import type { Segment } from '../../../model/capture.ts'

export interface Recording {
  readonly keyLog: string
  readonly segments: readonly Segment[]
  /** The expected text. */
  readonly transcript: string
  /** The file up to its transcript section. */
  readonly head: string
}

const TRANSCRIPT = '== transcript\n'

export function readRecording(name: string): Recording {
  const text = readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8')
  const [head = '', transcript = ''] = text.split(TRANSCRIPT)
  const sections = head.split(/^== /m).slice(1)
  const [keyLog = '', ...flows] = sections
  return {
    keyLog: keyLog.replace(/^key log\n/, '').trimEnd(),
    segments: flows.map(segment),
    transcript,
    head: head + TRANSCRIPT,
  }
}

function segment(section: string): Segment {
  const [, from, hex = ''] = /^(client|server) \d+\n([0-9a-f\s]*)$/.exec(section) ?? []
  if (from !== 'client' && from !== 'server') throw new Error(`not a segment: ${section.slice(0, 40)}`)
  return { from, bytes: Buffer.from(hex.replaceAll('\n', ''), 'hex') }
}
