/**
 * Steps 9 to 12, AuthenticateRequest, IISCertificateMappingAuthenticationModule: 401.1 for an entry that cannot be
 * decoded, 403.12 for a Deny, 401.1 for an account that cannot log on, otherwise the mapped user. It also runs when the
 * binding asked and the URL did not (inferred). Many-to-one and Active Directory mapping exclude each other [m1-7]; that
 * it is many-to-one which gives way is inferred.
 */
import { ACCESS_DENIED, S_OK } from '../../codes.ts'
import { logOn } from '../../machine/accounts.ts'
import { mapCertificate } from '../../mapping/iis-mapping.ts'
import { answer, unauthorized } from '../http-answers.ts'
import type { Step } from '../step.ts'

const where = {
  module: 'IISCertificateMappingAuthenticationModule',
  notification: 'AuthenticateRequest',
  user: null,
} as const

export const certificateMapping: Step = (exchange) => {
  const { machine, settings } = exchange.request
  const { iisClientCertificateMappingAuthentication: section, clientCertificateMappingAuthentication } =
    settings.authentication
  const { manyToOneCertificateMappingsEnabled } = section
  const certificate = validCertificate(exchange)
  const mapping =
    certificate &&
    mapCertificate(certificate, {
      ...section,
      manyToOneCertificateMappingsEnabled:
        manyToOneCertificateMappingsEnabled && !clientCertificateMappingAuthentication.enabled,
    })
  if (mapping === null) return null

  switch (mapping.kind) {
    // Fails the request rather than leaving it to another scheme [itq] [spike].
    case 'malformed':
      return unauthorized(exchange, { substatus: 1, hresult: mapping.hresult }, where)
    // Only by what the words mean [q248075] [status]: inferred for IIS 7 and later, win32 5 for all.
    case 'denied':
      return answer({
        ...where,
        status: 403,
        substatus: 12,
        hresult: ACCESS_DENIED,
        challenges: [],
        close: false,
      })
    case 'account': {
      const hresult = logOn(machine, mapping.logonName, mapping.password, section.logonMethod)
      return hresult === S_OK
        ? { kind: 'user', user: { name: mapping.userName, authType: 'SSL/PCT' } }
        : unauthorized(exchange, { substatus: 1, hresult }, where)
    }
  }
}

/** A bad certificate gets here when the URL did not ask for one, and stands for nobody (inferred). */
const validCertificate = ({ clientCertificate }: Parameters<Step>[0]) =>
  clientCertificate?.verdict === S_OK ? clientCertificate.certificate : null
