/** The settings of one `netsh http add sslcert` binding, under netsh's own names and with its defaults [netsh] [jenkins]. */

export interface SslCert {
  /** Ask for the client certificate in the first handshake. */
  readonly clientcertnegotiation: boolean
  readonly verifyclientcertrevocation: boolean
  readonly verifyrevocationwithcachedclientcertonly: boolean
  /** Check extKeyUsage. */
  readonly usagecheck: boolean
  /** Seconds after which a CRL is fetched again; 0: when it expires. */
  readonly revocationfreshnesstime: number
  /** Milliseconds for fetching a CRL; 0: the system's default of 15 s [kb884115]. */
  readonly urlretrievaltimeout: number
  readonly sslctlidentifier: string | null
  readonly sslctlstorename: string | null
  /** Map the certificate to a user of Active Directory. */
  readonly dsmapperusage: boolean
}

export const sslCertDefaults = {
  clientcertnegotiation: false,
  verifyclientcertrevocation: true,
  verifyrevocationwithcachedclientcertonly: false,
  usagecheck: true,
  revocationfreshnesstime: 0,
  urlretrievaltimeout: 0,
  sslctlidentifier: null,
  sslctlstorename: null,
  dsmapperusage: false,
} as const satisfies SslCert

/** Bits of `site/bindings/binding@sslFlags` [binding]. Not `access@sslFlags`. */
export const bindingSslFlags = {
  sni: 1,
  centralCertificateStore: 2,
  disableHttp2: 4,
  disableOcspStapling: 8,
  disableQuic: 16,
  disableTls13: 32,
  disableLegacyTls: 64,
} as const
