/** GeneralNames, RFC 5280 §4.2.1.6, and what of them is a base of name constraints. */
import { ia5String, objectIdentifier, octetString, sequence, tagged, taggedPrimitive, utf8String } from '../../../../harness/pki/asn1.ts'
import type { Asn1 } from '../../../../harness/pki/asn1.ts'
import { commonName } from './test-pki.ts'

export const mailbox = (text: string): Asn1 => taggedPrimitive(1, Buffer.from(text))
export const dnsName = (text: string): Asn1 => taggedPrimitive(2, Buffer.from(text))
export const directoryName = (cn: string): Asn1 => tagged(4, commonName(cn))
export const website = (text: string): Asn1 => taggedPrimitive(6, Buffer.from(text))
export const ipAddress = (...octets: readonly number[]): Asn1 => taggedPrimitive(7, Uint8Array.from(octets))

const otherName = (type: string, value: Asn1): Asn1 => tagged(0, objectIdentifier(type), tagged(0, value))

export const userPrincipalName = (text: string): Asn1 => otherName('1.3.6.1.4.1.311.20.2.3', utf8String(text))
export const otherKind = (text: string): Asn1 => otherName('1.2.3.4', ia5String(text))
export const objectSid = (sid: string): Asn1 => otherName('1.3.6.1.4.1.311.25.2.1', octetString(Buffer.from(sid)))

export const generalNames = (...names: readonly Asn1[]): Asn1 => sequence(...names)
