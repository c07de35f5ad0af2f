/** Opens the reporters that were asked for: one may write to stdout, the others to files. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
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

/**
 * @throws HarnessError ERR_UNKNOWN_NAME, ERR_REPORTERS when two reporters want the same place, ERR_REPORT_FILE when
 * a file cannot be written: better now than after the run.
 */
export async function openReporting(specs: readonly string[]): Promise<Reporting> {
  const requested = specs.map(parse)
  refuseSharedPlaces(requested)
  const open = await Promise.all(requested.map(openOne))
  return {
    event(event) {
      for (const report of open) report.event(event)
    },
    async close() {
      const closed = await Promise.allSettled(open.map((report) => report.close()))
      const failed = closed.find((result) => result.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },
  }
}

function refuseSharedPlaces(requested: readonly Requested[]): void {
  const places = requested.map(({ file }) => (file === null ? null : resolve(file)))
  const shared = places.find((place, at) => places.indexOf(place) !== at)
  if (shared === undefined) return
  throw new HarnessError(
    'ERR_REPORTERS',
    `expected at most one reporter on ${shared === null ? 'stdout' : 'a file'}, found several`,
    {
      where: shared === null ? '--reporter' : `--reporter, ${shared}`,
      hint: 'send each to a file of its own: --reporter junit=junit.xml',
    },
  )
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
      hint: `--reporter ${name}=FILE, or --reporter ${name} for stdout`,
    })
  }
  return { reporter, file: rest.length === 0 ? null : rest.join('=') }
}

async function openOne({ reporter, file }: Requested): Promise<Reporting> {
  if (file === null) return reportToStdout(reporter)
  // Made first, and emptied: a report of a former run must not be taken for this one's if this one is killed.
  await writeReport(reporter, file, '')
  const parts: string[] = []
  const report = reporter.open({ write: (text) => parts.push(text), colour: false, columns: FILE_COLUMNS })
  return {
    event: (event) => report.event(event),
    async close() {
      report.close()
      await writeReport(reporter, file, parts.join(''))
    },
  }
}

function reportToStdout(reporter: Reporter): Reporting {
  const report = reporter.open({
    write: (text) => process.stdout.write(text),
    colour: colourOn(process.stdout),
    columns: process.stdout.isTTY ? process.stdout.columns : FILE_COLUMNS,
  })
  return { event: (event) => report.event(event), close: async () => report.close() }
}

async function writeReport({ name }: Reporter, file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (cause) {
    throw new HarnessError('ERR_REPORT_FILE', `the ${name} report cannot be written: ${messageOf(cause)}`, {
      where: file,
      hint: `give a file that can be written: --reporter ${name}=FILE`,
      cause,
    })
  }
}
