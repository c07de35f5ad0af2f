/**
 * AuthenticateRequest, CertificateMappingAuthenticationModule: the user that the DS mapper of the binding found
 * [admap] [friis-ad]. No password and no logon. Who is not mapped goes on to the other schemes (inferred).
 */
import { S_OK } from '../../codes.ts'
import type { Step } from '../step.ts'

export const directoryMapping: Step = ({ request: { settings }, clientCertificate }) => {
  if (!settings.authentication.clientCertificateMappingAuthentication.enabled) return null
  // A bad certificate gets here when the URL did not ask for one, and stands for nobody (inferred).
  if (clientCertificate === null || clientCertificate.verdict !== S_OK) return null
  const { directoryUser } = clientCertificate
  return directoryUser === null ? null : { kind: 'user', user: { name: directoryUser, authType: 'SSL/PCT' } }
}
