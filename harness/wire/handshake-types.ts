/**
 * Handshake message types by number. RFC 8446 §B.3, RFC 5246 §7.4; names as in the IANA registry "TLS HandshakeType",
 * written from these RFCs, RFC 6066 and RFC 8879 in November 2026.
 */

const names: ReadonlyMap<number, string> = new Map([
  [0, 'hello_request'],
  [1, 'client_hello'],
  [2, 'server_hello'],
  [3, 'hello_verify_request'],
  [4, 'new_session_ticket'],
  [5, 'end_of_early_data'],
  [8, 'encrypted_extensions'],
  [11, 'certificate'],
  [12, 'server_key_exchange'],
  [13, 'certificate_request'],
  [14, 'server_hello_done'],
  [15, 'certificate_verify'],
  [16, 'client_key_exchange'],
  [20, 'finished'],
  [21, 'certificate_url'],
  [22, 'certificate_status'],
  [23, 'supplemental_data'],
  [24, 'key_update'],
  [25, 'compressed_certificate'],
  [254, 'message_hash'],
])

/** The IANA name, or `handshake_type_<number>` for one that is not in the table. */
export function handshakeTypeName(code: number): string {
  return names.get(code) ?? `handshake_type_${code}`
}
