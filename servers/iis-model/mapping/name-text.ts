/**
 * A distinguished name as text, as altSecurityIdentities has it: in the order of encoding, so from the root end, and
 * without blanks, e.g. `DC=com,DC=contoso,CN=CA` [pkca] [spatdsg].
 */
import { readName } from './name.ts'
import type { Attribute } from './name.ts'

/** null: it is no Name. */
export function nameText(der: Buffer): string | null {
  const name = readName(der)
  // Several attributes in one are joined as CertNameToStr does it (inferred for this use).
  return name && name.map((relative) => relative.map(attributeText).join(' + ')).join(',')
}

const attributeText = ({ type, value }: Attribute): string =>
  `${shortNames.get(type) ?? `OID.${type}`}=${quoted(value ?? UNREADABLE)}`

const UNREADABLE = '#'

/** Line breaks become commas [pkca]. Quotes are CertNameToStr's (inferred for this use): a value makes no second one. */
function quoted(value: string): string {
  const text = value.replace(/[\r\n]/g, ',')
  return /[,+="<>#;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** CERT_X500_NAME_STR's names. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'SERIALNUMBER'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'S'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'T'],
  ['2.5.4.42', 'G'],
  ['2.5.4.43', 'I'],
  ['1.2.840.113549.1.9.1', 'E'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
])
