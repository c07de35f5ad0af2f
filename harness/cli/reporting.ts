/** Opens the reporters that were asked for: one may write to stdout, the others to files. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { RunEvent } from '../model/event.ts'
import type { Reporter } from '../model/reporter.ts'
import { reporters } from '../../reports/index.ts'
import { colourOn } from './terminal.ts'

/** The width of reports that are not written to a terminal. */
const FILE_COLUMNS = 100

export interface Reporting {
  event(event: RunEvent): void
  /** Writes what is left. @throws HarnessError ERR_REPORT_FILE */
  close(): Promise<void>
}

interface Requested {
  readonly reporter: Reporter
  /** null: stdout. */
  readonly file: string | null
}

/** @throws HarnessError ERR_UNKNOWN_NAME, or ERR_REPORTERS when two reporters want stdout. */
export function openReporting(specs: readonly string[]): Reporting {
  const requested = specs.map(parse)
  if (requested.filter(({ file }) => file === null).length > 1) {
    throw new HarnessError('ERR_REPORTERS', 'expected at most one reporter on stdout, found several', {
      where: '--reporter',
      hint: 'send the others to files: --reporter junit=junit.xml',
    })
  }
  const open = requested.map(({ reporter, file }) => openOne(reporter, file))
  return {
    event(event) {
      for (const report of open) report.event(event)
    },
    async close() {
      for (const report of open) await report.close()
    },
  }
}

function parse(spec: string): Requested {
  const [name = '', ...rest] = spec.split('=')
  const reporter = reporters.find((candidate) => candidate.name === name)
  if (reporter === undefined) {
    throw new HarnessError('ERR_UNKNOWN_NAME', `'${name}' is not a reporter`, {
      where: '--reporter',
      hint: `known: ${reporters.map((known) => known.name).join(', ')}`,
    })
  }
  if (rest.length > 0 && rest.join('=') === '') {
    throw new HarnessError('ERR_REPORT_FILE', 'expected a file name after =, found nothing', {
      where: `--reporter ${spec}`,
    })
  }
  return { reporter, file: rest.length === 0 ? null : rest.join('=') }
}

function openOne(reporter: Reporter, file: string | null): Reporting {
  if (file === null) {
    const report = reporter.open({
      write: (text) => process.stdout.write(text),
      colour: colourOn(process.stdout),
      columns: process.stdout.isTTY ? process.stdout.columns : FILE_COLUMNS,
    })
    return { event: (event) => report.event(event), close: async () => report.close() }
  }
  const parts: string[] = []
  const report = reporter.open({ write: (text) => parts.push(text), colour: false, columns: FILE_COLUMNS })
  return {
    event: (event) => report.event(event),
    async close() {
      report.close()
      try {
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, parts.join(''))
      } catch (cause) {
        throw new HarnessError(
          'ERR_REPORT_FILE',
          `the ${reporter.name} report could not be written: ${messageOf(cause)}`,
          {
            where: file,
            cause,
          },
        )
      }
    },
  }
}
