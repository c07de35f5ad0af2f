/**
 * `access@sslFlags`: what a URL asks of the connection. Not `binding@sslFlags`, which is about SNI and protocols.
 * Values: learn.microsoft.com/iis/configuration/system.webserver/security/access [acc].
 */

/** Each flag's bit in `access@sslFlags`; the schema is the same from IIS 7.0 to 10.0. */
export const accessSslFlagBits = {
  None: 0,
  Ssl: 8,
  SslNegotiateCert: 32,
  SslRequireCert: 64,
  /**
   * In IIS 4 to 6 it turned mapping on [mapcert]; without effect on the mapping of IIS 7 and later (inferred). The
   * profiles of IIS 5 and 6 are configured in IIS 7's words: `enabled` of the mapping section stands for it.
   */
  SslMapCert: 128,
  Ssl128: 256,
} as const

export type AccessSslFlag = keyof typeof accessSslFlagBits
