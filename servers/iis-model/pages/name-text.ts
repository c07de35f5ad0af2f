/**
 * A distinguished name as IIS shows it in CERT_SUBJECT and CERT_ISSUER: `C=US, O=Example, CN=alice`, in the order of
 * encoding [srvvars] [aspcc]. Values are printed as they are, without the quoting of CertNameToStr, so two different
 * names can give one text: this is for people to read, never for comparing. Other than RFC 4514, whose text is
 * harness/model/distinguished-name.ts.
 */
import { readName } from '../schannel/name.ts'
import type { Attribute } from '../schannel/name.ts'
import { visible } from './escape.ts'

export interface NameAttribute {
  /** A keyword, or `OID.` and the dotted number. */
  readonly type: string
  readonly text: string
}

/** Empty for an empty name and for bytes that are none. */
export function nameText(der: Buffer): string {
  return nameAttributes(der)
    .map((rdn) => rdn.map(({ type, text }) => `${type}=${text}`).join(' + '))
    .join(', ')
}

/** The relative names in order of encoding; empty when the bytes are no name. */
export function nameAttributes(der: Buffer): readonly (readonly NameAttribute[])[] {
  return readName(der)?.map((rdn) => rdn.map(shown)) ?? []
}

const shown = ({ type, shortName, text, contents }: Attribute): NameAttribute => ({
  type: shortName === null ? `OID.${type}` : (aspNames[shortName] ?? shortName),
  text: visible(text ?? `#${contents.toString('hex')}`),
})

/** Where the sub-field names of [aspcc] are others than CertNameToStr's. */
const aspNames: Readonly<Record<string, string>> = { G: 'GN' }
