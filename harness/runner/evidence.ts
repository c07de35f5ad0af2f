/** Writes what was captured in a cell as text: the bytes of both flows, the key log and the dissected messages. */
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ClientReport } from '../model/client.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Transcript } from '../model/transcript.ts'
import { transcriptText } from '../wire/transcript-text.ts'

const TRANSCRIPTS = 'transcripts'

export interface EvidenceWriter {
  /** Gives the file's path relative to the output directory. @throws HarnessError ERR_OUTPUT */
  write(cellId: string, report: ClientReport, transcript: Transcript): Promise<string>
}

/** Cell ids are path-shaped and made of our own names, so they serve as paths. */
export function evidenceIn(outputDirectory: string): EvidenceWriter {
  const made = new Map<string, Promise<void>>()
  const once = (directory: string, make: () => Promise<void>) => {
    const ready = made.get(directory) ?? make()
    made.set(directory, ready)
    return ready
  }
  return {
    async write(cellId, report, transcript) {
      const path = join(TRANSCRIPTS, `${cellId}.txt`)
      const full = join(outputDirectory, path)
      try {
        await once(dirname(full), async () => {
          await once(outputDirectory, () => makePrivate(join(outputDirectory, TRANSCRIPTS)))
          await mkdir(dirname(full), { recursive: true })
        })
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

/** The key logs in it open the connections to whoever reads them, and what exists already would keep its mode. */
async function makePrivate(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  await chmod(directory, 0o700)
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
