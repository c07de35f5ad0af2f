/**
 * Types for the node-forge files that are loaded on their own: all of forge costs more than twice the start-up
 * of its ASN.1 part. At run time each of them is CommonJS, so its exports are the default import.
 */
declare module 'node-forge/lib/asn1.js' {
  import type { asn1 } from 'node-forge'

  interface FromDerOptions {
    readonly strict: boolean
    readonly parseAllBytes: boolean
    readonly decodeBitStrings: boolean
  }

  /** As forge is: context-specific tags are any number, and decoding takes options. */
  const corrected: Omit<typeof asn1, 'create' | 'fromDer'> & {
    create(tagClass: asn1.Class, type: number, constructed: boolean, value: string | asn1.Asn1[]): asn1.Asn1
    fromDer(bytes: string, options: FromDerOptions): asn1.Asn1
  }
  export default corrected
}

declare module 'node-forge/lib/util.js' {
  /** The octets of an IPv4 or IPv6 address as a binary string. */
  const util: { readonly bytesFromIP: (address: string) => string }
  export default util
}
