/**
 * A distinguished name as text, as altSecurityIdentities has it: in the order of encoding, so from the root end, and
 * without blanks, e.g. `DC=com,DC=contoso,CN=CA` [pkca] [spatdsg].
 */
import { readName } from '../schannel/name.ts'
import type { Attribute } from '../schannel/name.ts'

/** null: it is no Name. */
export function nameText(der: Buffer): string | null {
  const name = readName(der)
  // Several attributes in one are joined as CertNameToStr does it (inferred for this use).
  return name && name.map((relative) => relative.map(attributeText).join(' + ')).join(',')
}

const attributeText = ({ type, shortName, text }: Attribute): string =>
  `${shortName ?? `OID.${type}`}=${quoted(text ?? UNREADABLE)}`

const UNREADABLE = '#'

/** Line breaks become commas [pkca]. Quotes are CertNameToStr's (inferred for this use): a value makes no second one. */
function quoted(value: string): string {
  const text = value.replace(/[\r\n]/g, ',')
  return /[,+="<>#;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
