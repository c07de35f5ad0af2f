/** All that an answer carries. Which answer it is, is matrix.test.ts and flags.test.ts. */
import t from 'tap'
import { ACCESS_DENIED, S_OK } from '../codes.ts'
import { answerTo } from './pipeline.ts'
import type { HttpAnswer } from './request.ts'
import { bad, connection, good, machine, request, withMapping } from './testdata/requests.ts'
import type { RequestParts } from './testdata/requests.ts'

const common = { kind: 'http', challenges: [], close: false } as const
const asked = connection({ client: good, asked: true })
const webCore = { ...common, module: 'IIS Web Core', notification: 'BeginRequest', user: null } as const
const noLogon = { ...common, notification: 'AuthenticateRequest', user: null } as const
const mappedUser = { name: 'mapped', authType: 'SSL/PCT' } as const
const denyAll = { accessType: 'Deny', users: ['*'], roles: [], verbs: [] } as const
const basicAuthentication = {
  ...{ enabled: true, realm: 'Secrets', defaultLogonDomain: '' },
  logonMethod: 'ClearText',
} as const
const mapper = 'IISCertificateMappingAuthenticationModule'

/** Module, notification, user and the rest, sections 9.4 and 9.5 of the reference. */
const answers: readonly {
  readonly name: string
  readonly parts: RequestParts
  readonly answer: HttpAnswer
}[] = [
  {
    name: '403.4',
    parts: { sslFlags: ['Ssl'], connection: null },
    answer: { ...webCore, status: 403, substatus: 4, hresult: ACCESS_DENIED },
  },
  {
    name: '403.16',
    parts: { sslFlags: ['SslNegotiateCert'], connection: connection({ client: bad }) },
    answer: { ...webCore, status: 403, substatus: 16, hresult: bad.verdict },
  },
  {
    name: '403.16 for a verdict in no table',
    parts: {
      sslFlags: ['SslNegotiateCert'],
      connection: connection({ client: { ...bad, verdict: 0x80004005 } }),
    },
    answer: { ...webCore, status: 403, substatus: 16, hresult: 0x80004005 },
  },
  {
    name: '413',
    parts: { sslFlags: ['SslNegotiateCert'], connection: connection({ negotiation: 'too-large' }) },
    answer: { ...webCore, status: 413, substatus: 0, hresult: S_OK, close: true },
  },
  {
    name: '500.0',
    parts: { sslFlags: ['SslNegotiateCert'], connection: connection({ negotiation: 'not-supported' }) },
    answer: { ...webCore, status: 500, substatus: 0, hresult: 0x80070032 },
  },
  {
    name: '401.1 of a mapping',
    parts: { ...withMapping, connection: asked, machine: machine({ accounts: [] }) },
    answer: { ...noLogon, module: mapper, status: 401, substatus: 1, hresult: 0x8007052e },
  },
  {
    name: '401.1 of Basic',
    parts: {
      machine: machine({ accounts: [] }),
      authorization: 'Basic x',
      authentication: { basicAuthentication },
    },
    answer: {
      ...{ ...noLogon, module: 'BasicAuthenticationModule', challenges: ['Basic realm="Secrets"'] },
      ...{ status: 401, substatus: 1, hresult: 0x8007052e },
    },
  },
  {
    name: '401.2 with nobody',
    parts: { anonymous: false },
    answer: { ...noLogon, module: 'IIS Web Core', status: 401, substatus: 2, hresult: ACCESS_DENIED },
  },
  {
    name: '401.2 of URL authorization',
    parts: { ...withMapping, connection: asked, rules: [denyAll] },
    answer: {
      ...{ ...common, module: 'UrlAuthorizationModule', notification: 'AuthorizeRequest', user: mappedUser },
      ...{ status: 401, substatus: 2, hresult: ACCESS_DENIED },
    },
  },
  {
    name: '401.3',
    parts: { ...withMapping, connection: asked, deniedByAcl: ['mapped'] },
    answer: {
      ...{ ...common, module: 'IIS Web Core', notification: 'ExecuteRequestHandler', user: mappedUser },
      ...{ status: 401, substatus: 3, hresult: ACCESS_DENIED },
    },
  },
  {
    name: '200, mapped',
    parts: { ...withMapping, connection: asked },
    answer: {
      ...{ ...common, module: 'StaticFileModule', notification: 'ExecuteRequestHandler', user: mappedUser },
      ...{ status: 200, substatus: 0, hresult: S_OK },
    },
  },
  {
    name: '200, anonymous',
    parts: {},
    answer: {
      ...{ ...common, module: 'StaticFileModule', notification: 'ExecuteRequestHandler' },
      ...{ user: { name: null, authType: '' }, status: 200, substatus: 0, hresult: S_OK },
    },
  },
]

for (const { name, parts, answer } of answers) {
  t.test(`the whole of ${name}`, async (t) => {
    t.strictSame(await answerTo(request(parts)), answer)
  })
}
