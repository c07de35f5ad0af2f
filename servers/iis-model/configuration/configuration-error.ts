/** What a configuration file gets wrong, and where: every refusal of this folder is made here. */
import { HarnessError } from '../../../harness/model/errors.ts'

/** Line and column count from 1, the column in UTF-16 code units. A byte order mark is not counted. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

export function configurationError(at: Position, message: string, hint: string): HarnessError {
  return new HarnessError('ERR_IIS_CONFIGURATION', message, {
    where: `${at.file}:${at.line}:${at.column}`,
    hint,
  })
}
