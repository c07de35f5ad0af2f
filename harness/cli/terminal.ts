/** What kind of terminal a stream is, and the log on stderr. */
import type { Logger } from 'pino'
import type { ProgressOutput } from '../../reports/progress.ts'

/** Colours only on a terminal; NO_COLOR is honoured (no-color.org). */
export function colourOn(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === ''
}

export function progressOutput(): ProgressOutput {
  const { stderr } = process
  return {
    write: (text) => stderr.write(text),
    colour: colourOn(stderr),
    get columns() {
      return stderr.columns
    },
  }
}

/** JSON lines on stderr, pretty on a terminal, where the progress line already tells what is normal. */
export async function openLogger(): Promise<Logger> {
  const { pino } = await import('pino')
  if (!process.stderr.isTTY) return pino({ base: null }, pino.destination({ dest: 2, sync: true }))
  const { PinoPretty } = await import('pino-pretty')
  const pretty = PinoPretty({
    destination: 2,
    sync: true,
    ignore: 'pid,hostname',
    colorize: colourOn(process.stderr),
  })
  return pino({ level: 'warn' }, pretty)
}
