/**
 * Which fields each generation logs by default, in its order, and how it names its files. The format is w3c-log.ts.
 * Checked against public samples: IIS 5 (sqlmag.com figure 4 of article 15835), IIS 6 [wang], IIS 7.5 (headers quoted in
 * public log readers), IIS 8 and later [logfile].
 */
import type { IisProfile } from '../profiles.ts'

const fieldNames = [
  'date',
  'time',
  's-ip',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  's-port',
  'cs-username',
  'c-ip',
  'cs(User-Agent)',
  'cs(Referer)',
  'sc-status',
  'sc-substatus',
  'sc-win32-status',
  'time-taken',
] as const

export type FieldName = (typeof fieldNames)[number]

export interface LogLayout {
  readonly fields: readonly FieldName[]
  /** Before the date in the file's name; `u_` means UTF-8 [logfile]. */
  readonly filePrefix: 'u_ex' | 'ex'
  /** What `#Fields` ends with: IIS 6 has a space there [wang]; taken over for IIS 5 (inferred). */
  readonly fieldsEnd: '' | ' '
}

const without = (...left: readonly FieldName[]): readonly FieldName[] =>
  fieldNames.filter((name) => !left.includes(name))

export const logLayouts = {
  /**
   * The default of IIS 5 with Win32 Status, which an administrator must have chosen: without it a line would not say why.
   * IIS 5 has no field for the substatus; it is on the page alone.
   */
  'iis-5': {
    fields: [
      'date',
      'time',
      'c-ip',
      'cs-username',
      's-ip',
      's-port',
      'cs-method',
      'cs-uri-stem',
      'cs-uri-query',
      'sc-status',
      'sc-win32-status',
      'cs(User-Agent)',
    ],
    filePrefix: 'ex',
    fieldsEnd: ' ',
  },
  'iis-6': { fields: without('cs(Referer)', 'time-taken'), filePrefix: 'ex', fieldsEnd: ' ' },
  'iis-7': { fields: without('cs(Referer)'), filePrefix: 'u_ex', fieldsEnd: '' },
  'iis-8': { fields: fieldNames, filePrefix: 'u_ex', fieldsEnd: '' },
} as const satisfies Record<IisProfile['logFields'], LogLayout>
