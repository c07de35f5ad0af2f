/** Tells a person on stderr what went wrong: what, where, and what to do. A stack trace is for our own mistakes only. */
import { HarnessError, messageOf } from '../model/errors.ts'

export function tellError(thrown: unknown): void {
  process.stderr.write(errorText(thrown))
}

function errorText(thrown: unknown): string {
  if (thrown instanceof HarnessError) {
    const { message, where, hint, code } = thrown
    return [
      `countersign: ${message} [${code}]`,
      ...(where === null ? [] : [`  where: ${where}`]),
      ...(hint === null ? [] : [`  hint:  ${hint}`]),
      '',
    ].join('\n')
  }
  const stack = thrown instanceof Error && thrown.stack ? `${thrown.stack}\n` : ''
  return `countersign: internal error: ${messageOf(thrown)}\n${stack}`
}
