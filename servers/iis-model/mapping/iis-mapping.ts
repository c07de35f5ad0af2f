/**
 * iisClientCertificateMappingAuthentication as a whole: which Windows account a certificate stands for. One-to-one
 * before many-to-one: documented for IIS 6 [iis6-prec], inferred for later ones. Logging on is the caller's.
 */
import type { IisClientCertificateMapping, Password } from '../configuration/settings.ts'
import { withDefaultDomain } from '../machine/accounts-name.ts'
import type { Certificate } from '../schannel/certificate.ts'
import { findManyToOne } from './many-to-one.ts'
import type { NamedCertificate } from './many-to-one.ts'
import { findOneToOne } from './one-to-one.ts'

export type IisMapping =
  | {
      readonly kind: 'account'
      /** As configured: what the log shows. */
      readonly userName: string
      /** With the default domain: what logs on. */
      readonly logonName: string
      readonly password: Password
    }
  | { readonly kind: 'denied' }
  | { readonly kind: 'malformed'; readonly hresult: number }

export type MappableCertificate = NamedCertificate & Pick<Certificate, 'der'>

/** null: no entry speaks of this certificate. */
export function mapCertificate(
  certificate: MappableCertificate,
  section: IisClientCertificateMapping,
): IisMapping | null {
  if (!section.enabled) return null
  return fromOneToOne(certificate, section) ?? fromManyToOne(certificate, section)
}

function fromOneToOne(
  certificate: MappableCertificate,
  section: IisClientCertificateMapping,
): IisMapping | null {
  if (!section.oneToOneCertificateMappingsEnabled) return null
  const found = findOneToOne(certificate, section.oneToOneMappings)
  return found?.kind === 'matched' ? accountOf(found.mapping, section) : found
}

function fromManyToOne(
  certificate: MappableCertificate,
  section: IisClientCertificateMapping,
): IisMapping | null {
  if (!section.manyToOneCertificateMappingsEnabled) return null
  const found = findManyToOne(certificate, section.manyToOneMappings)
  if (found === null) return null
  return found.permissionMode === 'Deny' ? { kind: 'denied' } : accountOf(found, section)
}

const accountOf = (
  { userName, password }: { readonly userName: string; readonly password: Password },
  { defaultLogonDomain }: IisClientCertificateMapping,
): IisMapping => ({
  kind: 'account',
  userName,
  logonName: withDefaultDomain(userName, defaultLogonDomain),
  password,
})
