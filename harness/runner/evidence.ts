/** Writes what was captured in a cell as text: the bytes of both flows, the key log and the dissected messages. */
import { closeSync, fchmodSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ClientReport } from '../model/client.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Transcript } from '../model/transcript.ts'
import { transcriptText } from '../wire/transcript-text.ts'

export interface EvidenceWriter {
  /** Gives the file's path relative to the output directory. @throws HarnessError ERR_OUTPUT */
  write(cellId: string, report: ClientReport, transcript: Transcript): Promise<string>
}

/** Cell ids are path-shaped and made of our own names, so they serve as paths. */
export function evidenceIn(outputDirectory: string): EvidenceWriter {
  const made = new Set<string>()
  return {
    async write(cellId, report, transcript) {
      const path = join('transcripts', `${cellId}.txt`)
      const full = join(outputDirectory, path)
      try {
        const directory = dirname(full)
        if (!made.has(directory)) mkdirSync(directory, { recursive: true })
        made.add(directory)
        writeForOwner(full, evidenceText(cellId, report, transcript))
      } catch (cause) {
        throw new HarnessError('ERR_OUTPUT', `the evidence could not be written: ${messageOf(cause)}`, {
          where: full,
          hint: 'give another --output, or free some space',
          cause,
        })
      }
      return path
    },
  }
}

/** The key log opens the connection to whoever reads it. */
const OWNER_ONLY = 0o600

/**
 * Synchronous on purpose: a file this small is written faster than the thread pool takes over and gives back its four
 * steps, as bench/ shows.
 */
function writeForOwner(path: string, text: string): void {
  const file = openSync(path, 'w', OWNER_ONLY)
  try {
    // A file that was there already has kept its mode.
    fchmodSync(file, OWNER_ONLY)
    writeFileSync(file, text)
  } finally {
    closeSync(file)
  }
}

export function evidenceText(cellId: string, report: ClientReport, transcript: Transcript): string {
  return [
    `# ${cellId}`,
    '',
    '# key log',
    report.keyLog.trimEnd(),
    '',
    '# flows, in the order seen',
    ...report.segments.map(
      ({ from, bytes }) =>
        `${from} ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`,
    ),
    '',
    '# messages',
    transcriptText(transcript).trimEnd(),
    '',
  ].join('\n')
}
