/** Every code by its value: from an HRESULT, or from what the log prints, to the name. */
import { certificateCodes } from './certificate-codes.ts'
import { loggedWin32 } from './logged-win32.ts'
import { logonCodes, mappingCodes } from './mapping-codes.ts'
import { win32Errors } from './win32-errors.ts'

export interface NamedCode {
  readonly name: CodeName
  /** Unsigned. */
  readonly hresult: number
  /** `sc-win32-status`. */
  readonly logged: number
}

const tables = { ...certificateCodes, ...mappingCodes, ...logonCodes, ...win32Errors }

export type CodeName = keyof typeof tables

export const namedCodes: readonly NamedCode[] = (Object.keys(tables) as CodeName[]).map((name) => {
  const { hresult } = tables[name]
  return { name, hresult, logged: loggedWin32(hresult) }
})

/** `value` may be an HRESULT, signed or not, or the number of a log line; null for one that is in no table. */
export function namedCode(value: number): NamedCode | null {
  return byValue.get(value >>> 0) ?? null
}

const byValue: ReadonlyMap<number, NamedCode> = new Map(
  namedCodes.flatMap((code) => [
    [code.hresult, code],
    [code.logged, code],
  ]),
)
