/**
 * Extension types by number. Names as in the IANA registry "TLS ExtensionType Values"; written from RFC 8446 §4.2,
 * RFC 6066, RFC 7301, RFC 7366, RFC 7627, RFC 5077, RFC 5746, RFC 8449, RFC 8472, RFC 8879, RFC 9001, RFC 9146, RFC 9345
 * and draft-ietf-tls-esni in November 2026.
 */

export const extensionTypes = {
  server_name: 0,
  max_fragment_length: 1,
  client_certificate_url: 2,
  trusted_ca_keys: 3,
  truncated_hmac: 4,
  status_request: 5,
  user_mapping: 6,
  client_authz: 7,
  server_authz: 8,
  cert_type: 9,
  supported_groups: 10,
  ec_point_formats: 11,
  srp: 12,
  signature_algorithms: 13,
  use_srtp: 14,
  heartbeat: 15,
  application_layer_protocol_negotiation: 16,
  status_request_v2: 17,
  signed_certificate_timestamp: 18,
  client_certificate_type: 19,
  server_certificate_type: 20,
  padding: 21,
  encrypt_then_mac: 22,
  extended_master_secret: 23,
  token_binding: 24,
  cached_info: 25,
  compress_certificate: 27,
  record_size_limit: 28,
  delegated_credential: 34,
  session_ticket: 35,
  pre_shared_key: 41,
  early_data: 42,
  supported_versions: 43,
  cookie: 44,
  psk_key_exchange_modes: 45,
  certificate_authorities: 47,
  oid_filters: 48,
  post_handshake_auth: 49,
  signature_algorithms_cert: 50,
  key_share: 51,
  transparency_info: 52,
  connection_id: 54,
  quic_transport_parameters: 57,
  ech_outer_extensions: 64768,
  encrypted_client_hello: 65037,
  renegotiation_info: 65281,
} as const satisfies Record<string, number>

export type ExtensionName = keyof typeof extensionTypes

const names: ReadonlyMap<number, string> = new Map(
  Object.entries(extensionTypes).map(([name, code]) => [code, name]),
)

/** The IANA name, or `extension_<number>` for one that is not in the table. */
export function extensionName(code: number): string {
  return names.get(code) ?? `extension_${code}`
}
