/**
 * Distinguished names. RFC 5280 §4.1.2.4 and appendix A. One attribute for each RDN, in the order given.
 * Writing a name as text is harness/model/distinguished-name.ts.
 */
import { HarnessError } from '../model/errors.ts'
import type { NameAttribute } from '../model/identity.ts'
import { ia5String, objectIdentifier, printableString, sequence, setOf, utf8String } from './asn1.ts'
import type { Asn1 } from './asn1.ts'

/** By RFC 4514 §3 short name. RFC 5280 asks for UTF8String where it leaves a choice. */
const attributeTypes: Readonly<
  Record<string, { readonly oid: string; readonly encode: (text: string) => Asn1 }>
> = {
  CN: { oid: '2.5.4.3', encode: utf8String },
  C: { oid: '2.5.4.6', encode: printableString },
  L: { oid: '2.5.4.7', encode: utf8String },
  ST: { oid: '2.5.4.8', encode: utf8String },
  STREET: { oid: '2.5.4.9', encode: utf8String },
  O: { oid: '2.5.4.10', encode: utf8String },
  OU: { oid: '2.5.4.11', encode: utf8String },
  UID: { oid: '0.9.2342.19200300.100.1.1', encode: utf8String },
  DC: { oid: '0.9.2342.19200300.100.1.25', encode: ia5String },
  emailAddress: { oid: '1.2.840.113549.1.9.1', encode: ia5String },
}

export function encodeName(attributes: readonly NameAttribute[]): Asn1 {
  return sequence(...attributes.map(relativeDistinguishedName))
}

function relativeDistinguishedName([type, value]: NameAttribute): Asn1 {
  const attributeType = attributeTypes[type]
  if (!attributeType) {
    throw new HarnessError('ERR_NAME_ATTRIBUTE', `unknown attribute type ${type} in a distinguished name`, {
      where: `${type}=${value}`,
      hint: `use one of ${Object.keys(attributeTypes).join(', ')}`,
    })
  }
  return setOf(sequence(objectIdentifier(attributeType.oid), attributeType.encode(value)))
}
