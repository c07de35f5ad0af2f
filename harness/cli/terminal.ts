/** What kind of terminal a stream is, and the log on stderr. */
import type { Logger } from 'pino'

/** Colours only on a terminal; NO_COLOR is honoured (no-color.org). */
export function colourOn(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === ''
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
