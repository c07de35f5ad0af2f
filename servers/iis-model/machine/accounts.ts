/** Windows accounts, and LogonUser as certificate mapping and Basic authentication call it. */

/** `iisClientCertificateMappingAuthentication@logonMethod`. */
export type LogonMethod = 'Interactive' | 'Batch' | 'Network' | 'ClearText'

export interface Account {
  /** `alice`, `DOMAIN\alice` or `alice@domain`: compared without case. */
  readonly name: string
  readonly password: string
  readonly state:
    'enabled' | 'disabled' | 'locked-out' | 'expired' | 'password-expired' | 'password-must-change'
  /** The methods that its logon rights allow. */
  readonly logonRights: readonly LogonMethod[]
}
