/** Writes what was captured in a cell as text: the bytes of both flows, the key log and the dissected messages. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
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
  const made = new Map<string, Promise<unknown>>()
  return {
    async write(cellId, report, transcript) {
      const path = join('transcripts', `${cellId}.txt`)
      const full = join(outputDirectory, path)
      try {
        const directory = dirname(full)
        const ready = made.get(directory) ?? mkdir(directory, { recursive: true })
        made.set(directory, ready)
        await ready
        // The key log opens the connection to whoever reads it, and a file that exists would keep its mode.
        await rm(full, { force: true })
        await writeFile(full, evidenceText(cellId, report, transcript), { mode: 0o600 })
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
