/**
 * Values of HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL that matter to client certificates,
 * under their own names [schreg] [schan].
 */

export interface SchannelRegistry {
  /** 1: CertificateRequest carries the names of the trusted issuers. Default 0 since Windows Server 2012, 1 before. */
  readonly SendTrustedIssuerList: 0 | 1
  /** 0 Machine Trust, 1 Exclusive Root Trust, 2 Exclusive CA Trust. */
  readonly ClientAuthTrustMode: 0 | 1 | 2
  /** Bits: 1 subject/issuer, 2 issuer, 4 UPN, 8 S4U2Self, 16 S4U2Self explicit. 0x1F until May 2022, 0x18 since. */
  readonly CertificateMappingMethods: number
}

export const registryDefaults = {
  SendTrustedIssuerList: 0,
  ClientAuthTrustMode: 0,
  CertificateMappingMethods: 0x18,
} as const satisfies SchannelRegistry
