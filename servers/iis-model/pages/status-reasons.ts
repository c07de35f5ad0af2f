/**
 * The reason of each status.substatus that client certificates can touch, in the words of each generation, and who raises
 * it in IIS 7 and later. IIS 7: [status]; IIS 6: [iis6-403] [iis6-401]; IIS 5: titles of its articles [q248031] [q248075]
 * [q252657] [q294305]. The texts are documented; `raisedBy` has its own confidence.
 */
import type { Confidence } from '../../../harness/model/answer.ts'
import type { ModuleName, Notification } from '../pipeline/request.ts'
import type { IisProfile } from '../profiles.ts'

export type Generation = IisProfile['generation']

export interface RaisedBy {
  /** `handler`: the module that serves the URL; `filter`: an ISAPI filter. */
  readonly modules: readonly (ModuleName | 'handler' | 'filter')[]
  readonly notification: Notification
  readonly confidence: Confidence
}

export interface StatusReason {
  /** null: this generation does not have the code, or nobody wrote down its text. */
  readonly text: Readonly<Record<Generation, string | null>>
  /** null: not by a part that the model plays. */
  readonly raisedBy: RaisedBy | null
}

const row = (
  text7: string | null,
  text6: string | null,
  text5: string | null,
  raisedBy: RaisedBy | null,
): StatusReason => ({ text: { 7: text7, 6: text6, 5: text5 }, raisedBy })

const core = (notification: Notification, confidence: Confidence): RaisedBy => ({
  modules: ['IIS Web Core'],
  notification,
  confidence,
})
const beginRequest = core('BeginRequest', 'inferred')
const mapping = [
  'IISCertificateMappingAuthenticationModule',
  'CertificateMappingAuthenticationModule',
] as const

export const statusReasons = {
  '401.1': row('Logon failed.', 'Access is denied due to invalid credentials.', 'Logon failed', {
    modules: mapping,
    notification: 'AuthenticateRequest',
    confidence: 'observed',
  }),
  '401.2': row(
    'Logon failed due to server configuration.',
    'Access is denied due to server configuration favoring an alternate authentication method.',
    'Logon failed due to server configuration',
    core('AuthenticateRequest', 'documented'),
  ),
  '401.3': row(
    'Unauthorized due to ACL on resource.',
    'Access is denied due to an ACL set on the requested resource.',
    'Unauthorized due to ACL on resource',
    {
      modules: ['IIS Web Core', 'handler'],
      notification: 'ExecuteRequestHandler',
      confidence: 'inferred',
    },
  ),
  '401.4': row(
    'Authorization failed by filter.',
    'Authorization failed by a filter installed on the Web server.',
    null,
    { modules: ['filter'], notification: 'AuthorizeRequest', confidence: 'documented' },
  ),
  '401.5': row(
    'Authorization failed by ISAPI/CGI application.',
    'Authorization failed by an ISAPI/CGI application.',
    null,
    { modules: ['handler'], notification: 'ExecuteRequestHandler', confidence: 'documented' },
  ),
  '401.7': row(null, 'Access denied by URL authorization policy on the Web server.', null, null),
  '403.4': row('SSL required.', 'SSL is required to view this resource.', 'SSL required', beginRequest),
  '403.5': row(
    'SSL 128 required.',
    'SSL 128 is required to view this resource.',
    'SSL 128 required',
    beginRequest,
  ),
  '403.7': row(
    'Client certificate required.',
    'SSL client certificate is required.',
    'Client certificate required',
    beginRequest,
  ),
  '403.8': row('Site access denied.', 'DNS name of the client is rejected.', 'Site access denied', null),
  '403.12': row(
    'Mapper denied access.',
    'Client certificate is denied access by the server certificate mapper.',
    'Mapper denied access',
    { modules: mapping, notification: 'AuthenticateRequest', confidence: 'inferred' },
  ),
  '403.13': row(
    'Client certificate revoked.',
    'Client certificate has been revoked on the Web server.',
    'Client certificate revoked',
    beginRequest,
  ),
  '403.16': row(
    'Client certificate is untrusted or invalid.',
    'Client certificate is ill-formed or is not trusted by the Web server.',
    'Client certificate untrusted or invalid',
    core('BeginRequest', 'observed'),
  ),
  '403.17': row(
    'Client certificate has expired or is not yet valid.',
    'Client certificate has expired or is not yet valid.',
    'Client certificate has expired or is not yet valid',
    beginRequest,
  ),
  '403.18': row(
    'Cannot execute requested URL in the current application pool.',
    'Cannot execute requested URL in the current application pool.',
    null,
    core('ExecuteRequestHandler', 'inferred'),
  ),
  '413.0': row('Request entity too large.', 'Request entity too large.', null, beginRequest),
  '500.0': row('Module or ISAPI error occurred.', null, null, core('BeginRequest', 'documented')),
} as const satisfies Record<string, StatusReason>

export type KnownStatus = keyof typeof statusReasons

function isKnownStatus(code: string): code is KnownStatus {
  return Object.hasOwn(statusReasons, code)
}

/** The reason in the words of a generation, or of the nearest later one that has it; null for a code in no table. */
export function reasonText(status: number, substatus: number, generation: Generation): string | null {
  const code = `${status}.${substatus}`
  if (!isKnownStatus(code)) return null
  const { text } = statusReasons[code]
  const later = ([5, 6, 7] as const).filter((one) => one >= generation)
  return later.map((one) => text[one]).find((one) => one !== null) ?? null
}
