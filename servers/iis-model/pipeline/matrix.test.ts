/**
 * The rows of the reference's matrix that the pipeline decides, by their ids: flags, mapping, authentication. Verdicts
 * and directory users are given here; how they come about is tested in schannel/ and mapping/.
 */
import t from 'tap'
import type { AccessSslFlag } from '../configuration/access-ssl-flags.ts'
import type { ManyToOneMapping, ManyToOneRule, OneToOneMapping } from '../configuration/settings.ts'
import { loggedWin32 } from '../codes.ts'
import type { Account } from '../machine/accounts.ts'
import { certificate, name } from '../mapping/testdata/certificates.ts'
import type { ClientCertificate } from '../schannel/client-certificate-context.ts'
import { answerTo } from './pipeline.ts'
import type { IisAnswer } from './request.ts'
import { alice, connection, good, machine, mappingSection, request } from './testdata/requests.ts'
import type { ConnectionParts, RequestParts } from './testdata/requests.ts'

const negReq: readonly AccessSslFlag[] = ['SslNegotiateCert', 'SslRequireCert']
const none: readonly AccessSslFlag[] = ['None']
const ssl: readonly AccessSslFlag[] = ['Ssl']
const neg: readonly AccessSslFlag[] = ['Ssl', 'SslNegotiateCert']
const req: readonly AccessSslFlag[] = ['Ssl', 'SslNegotiateCert', 'SslRequireCert']

const bad = (verdict: number): ClientCertificate => ({ ...good, verdict })
const untrusted = bad(0x800b0109)
const expired = bad(0x800b0101)
const directoryUser: ClientCertificate = { ...good, directoryUser: 'CONTOSO\\alice' }

const password = { kind: 'clear', text: 'right' } as const
const base64 = alice.der.toString('base64')
const oneToOne = (changes: Partial<OneToOneMapping> = {}): OneToOneMapping => ({
  ...{ enabled: true, userName: 'mapped', password, certificate: base64 },
  ...changes,
})
/** The same subject and key, issued again. */
const reissued = { ...good, certificate: certificate({ serialNumber: '03' }) }
const other = oneToOne({ certificate: certificate({ subject: name(['CN', 'bob']) }).der.toString('base64') })

const rule = (matchCriteria: string, changes: Partial<ManyToOneRule> = {}): ManyToOneRule => ({
  ...{ certificateField: 'Subject', certificateSubField: 'CN', matchCriteria, compareCaseSensitive: true },
  ...changes,
})
const manyToOne = (
  rules: readonly ManyToOneRule[],
  changes: Partial<ManyToOneMapping> = {},
): ManyToOneMapping => ({
  ...{ name: 'rule', description: '', enabled: true, permissionMode: 'Allow', userName: 'wildcard' },
  ...{ password, rules },
  ...changes,
})
const allow = manyToOne([rule('al*')])
const deny = { ...allow, permissionMode: 'Deny' } as const
const anyCase = rule('Alice', { compareCaseSensitive: false })
const oneOfTwo = manyToOne([rule('al*'), rule('C*', { certificateSubField: 'O' })])

const oneToOneOf = (...oneToOneMappings: readonly OneToOneMapping[]) => mappingSection({ oneToOneMappings })
const manyToOneOf = (...manyToOneMappings: readonly ManyToOneMapping[]) =>
  mappingSection({ manyToOneMappings })
const noMapping = mappingSection({ enabled: false })
const mapped = oneToOneOf(oneToOne())

const account = (changes: Partial<Account> = {}): Account => ({
  ...{ name: 'mapped', password: 'right', state: 'enabled', logonRights: ['ClearText'] },
  ...changes,
})
const on = (...accounts: readonly Account[]): Pick<Row, 'parts'> => ({
  parts: { machine: machine({ accounts }) },
})
const wrongPassword = on(account({ password: 'another' }), account({ name: 'wildcard', password: 'another' }))
const networkOnly = on(account({ logonRights: ['Network'] }))
const noAccount = { userName: '', password: { kind: 'clear', text: '' } } as const
const mappedUserOnly: Pick<Row, 'parts'> = {
  parts: { rules: [{ accessType: 'Allow', users: ['mapped'], roles: [], verbs: [] }] },
}

interface Row {
  readonly id: string
  readonly flags: readonly AccessSslFlag[]
  /** `http` for a request without TLS. */
  readonly over?: ConnectionParts | 'http'
  readonly anonymous?: boolean
  readonly mapping?: typeof mapped
  /** clientCertificateMappingAuthentication. */
  readonly directory?: true
  readonly basic?: true
  readonly parts?: RequestParts
  /** status.substatus, sc-win32-status and cs-username; or the kind of end without an answer. */
  readonly answer: readonly [status: string, win32: number, user: string] | IisAnswer['kind']
}

const served = ['200.0', 0, '-'] as const
const asMapped = ['200.0', 0, 'mapped'] as const
const asWildcard = ['200.0', 0, 'wildcard'] as const
const asAlice = ['200.0', 0, 'CONTOSO\\alice'] as const
const nobody = ['401.2', 5, '-'] as const
const required = ['403.7', 5, '-'] as const
const is16 = ['403.16', 2_148_204_809, '-'] as const
const is17 = ['403.17', 2_148_204_801, '-'] as const
const sslRequired = ['403.4', 5, '-'] as const
const denied = ['403.12', 5, '-'] as const
const logonFailure = ['401.1', 1326, '-'] as const
const endOfData = ['401.1', 2_148_086_018, '-'] as const

const valid = { client: good } as const
const early = { client: good, asked: true } as const
const nothing = { client: null } as const
const truncated = oneToOneOf(oneToOne({ certificate: base64.slice(0, -4) }))
const garbled = oneToOneOf(oneToOne({ certificate: `X${base64.slice(1)}` }))
/** Require and a valid certificate, without Anonymous and with it. */
const strict = { flags: req, over: valid, anonymous: false } as const
const open = { flags: req, over: valid, anonymous: true } as const

const noCertificate: readonly Row[] = [
  { id: 'http-none', flags: none, over: 'http', answer: served },
  { id: 'http-ssl', flags: ssl, over: 'http', answer: sslRequired },
  { id: 'http-require', flags: req, over: 'http', anonymous: false, mapping: mapped, answer: sslRequired },
  { id: 'http-require-no-ssl', flags: negReq, over: 'http', anonymous: false, answer: required },
  { id: 'http-negotiate-no-ssl', flags: ['SslNegotiateCert'], over: 'http', answer: served },
  { id: 'tls-weak-128', flags: ['Ssl', 'Ssl128'], over: { cipherBits: 56 }, answer: ['403.5', 5, '-'] },
  { id: 'none-cert-not-asked', flags: none, over: valid, mapping: mapped, answer: served },
  { id: 'none-anon-off', flags: ssl, over: valid, anonymous: false, mapping: mapped, answer: nobody },
  { id: 'req-nocert', flags: req, over: nothing, answer: required },
  { id: 'req-nocert-mapped', flags: req, over: nothing, anonymous: false, mapping: mapped, answer: required },
  { id: 'neg-nocert-anon', flags: neg, over: nothing, mapping: mapped, answer: served },
  { id: 'neg-nocert-noauth', flags: neg, over: nothing, anonymous: false, mapping: mapped, answer: nobody },
  { id: 'neg-nocert-basic', flags: neg, over: nothing, anonymous: false, basic: true, answer: nobody },
  { id: 'req-noneg-nocert', flags: ['Ssl', 'SslRequireCert'], over: valid, answer: required },
]

/** A late question that fails. */
const unanswered: readonly Row[] = [
  { id: 'tls12-late-refuse', flags: req, over: { negotiation: 'gone' }, answer: 'gone' },
  { id: 'tls12-late-refuse-neg', flags: neg, over: { negotiation: 'gone' }, answer: 'gone' },
  { id: 'tls13-late-2022', flags: req, over: { negotiation: 'reset' }, answer: 'reset' },
  { id: 'tls13-late-2022-neg', flags: neg, over: { negotiation: 'reset' }, answer: 'reset' },
  { id: 'tls13-late-2025', flags: req, over: { negotiation: 'not-supported' }, answer: ['500.0', 50, '-'] },
  {
    id: 'tls13-late-2025-neg',
    flags: neg,
    over: { negotiation: 'not-supported' },
    answer: ['500.0', 50, '-'],
  },
  { id: 'h2-late', flags: req, over: { negotiation: 'http2' }, answer: 'http2-reset' },
  { id: 'body-large-late', flags: req, over: { negotiation: 'too-large' }, answer: ['413.0', 0, '-'] },
]

const invalid: readonly Row[] = [
  { id: 'none-binding-asks-bad', flags: ssl, over: { client: untrusted, asked: true }, answer: served },
  { id: 'req-untrusted', flags: req, over: { client: untrusted }, answer: is16 },
  {
    id: 'req-partial',
    flags: req,
    over: { client: bad(0x800b010a) },
    answer: ['403.16', 2_148_204_810, '-'],
  },
  { id: 'req-expired', flags: req, over: { client: expired }, answer: is17 },
  {
    id: 'req-revoked',
    flags: req,
    over: { client: bad(0x80092010) },
    answer: ['403.13', 2_148_081_680, '-'],
  },
  {
    id: 'req-crl-offline',
    flags: req,
    over: { client: bad(0x80092013) },
    answer: ['403.13', 2_148_081_683, '-'],
  },
  {
    id: 'req-wrong-eku',
    flags: req,
    over: { client: bad(0x800b0110) },
    answer: ['403.16', 2_148_204_816, '-'],
  },
  { id: 'req-badsig', flags: req, over: { client: bad(0x80096004) }, answer: ['403.16', 2_148_098_052, '-'] },
  { id: 'neg-untrusted', flags: neg, over: { client: untrusted }, answer: is16 },
  { id: 'neg-expired', flags: neg, over: { client: expired }, answer: is17 },
  {
    id: 'neg-revoked',
    flags: neg,
    over: { client: bad(0x80092010) },
    answer: ['403.13', 2_148_081_680, '-'],
  },
  { id: 'req-untrusted-mapped', ...strict, over: { client: untrusted }, mapping: mapped, answer: is16 },
  { id: 'req-expired-mapped', ...strict, over: { client: expired }, mapping: mapped, answer: is17 },
]

const oneToOneRows: readonly Row[] = [
  {
    id: 'none-binding-asks-ok-mapped',
    ...strict,
    flags: ssl,
    over: early,
    mapping: mapped,
    answer: asMapped,
  },
  { id: 'req-valid-mapped', ...strict, mapping: mapped, answer: asMapped },
  { id: 'neg-valid-mapped', ...strict, flags: neg, mapping: mapped, answer: asMapped },
  { id: 'req-valid-mapped-anon-on', ...open, mapping: mapped, answer: asMapped },
  { id: 'req-valid-unmapped-anon', ...open, mapping: oneToOneOf(other), answer: served },
  { id: 'neg-valid-unmapped-anon', ...open, flags: neg, mapping: oneToOneOf(other), answer: served },
  { id: 'req-valid-unmapped-noauth', ...strict, mapping: oneToOneOf(other), answer: nobody },
  { id: 'req-valid-nomapping-noauth', ...strict, answer: nobody },
  { id: 'req-valid-nomapping-anon', ...open, answer: served },
  // IIS does not read the section at application level: to the pipeline it is disabled.
  { id: 'req-valid-app-level-mapping', ...strict, mapping: noMapping, answer: nobody },
  { id: 'req-valid-section-disabled', ...strict, mapping: { ...mapped, enabled: false }, answer: nobody },
  {
    id: 'req-valid-1to1-disabled',
    ...strict,
    mapping: oneToOneOf(oneToOne({ enabled: false })),
    answer: nobody,
  },
  { id: 'req-valid-reissued', ...strict, over: { client: reissued }, mapping: mapped, answer: nobody },
  { id: 'req-1to1-wrongpw', ...strict, mapping: mapped, ...wrongPassword, answer: logonFailure },
  { id: 'neg-1to1-wrongpw', ...strict, flags: neg, mapping: mapped, ...wrongPassword, answer: logonFailure },
  { id: 'req-1to1-nopw', ...strict, mapping: oneToOneOf(oneToOne(noAccount)), answer: logonFailure },
  { id: 'req-1to1-logontype', ...strict, mapping: mapped, ...networkOnly, answer: ['401.1', 1385, '-'] },
  { id: 'req-1to1-b64-truncated', ...strict, mapping: truncated, answer: endOfData },
  { id: 'req-1to1-b64-garbled', ...strict, mapping: garbled, answer: ['401.1', 2_148_086_027, '-'] },
  { id: 'req-1to1-b64-other-anon', ...open, mapping: truncated, answer: endOfData },
  {
    id: 'req-acl-denied',
    ...strict,
    mapping: mapped,
    parts: { deniedByAcl: ['MAPPED'] },
    answer: ['401.3', 5, 'mapped'],
  },
  { id: 'req-urlauth-denied', ...open, mapping: oneToOneOf(other), ...mappedUserOnly, answer: nobody },
]

const manyToOneRows: readonly Row[] = [
  { id: 'req-m1-allow', ...strict, mapping: manyToOneOf(allow), answer: asWildcard },
  { id: 'req-m1-case', ...strict, mapping: manyToOneOf(manyToOne([rule('Alice')])), answer: nobody },
  { id: 'req-m1-case-off', ...strict, mapping: manyToOneOf(manyToOne([anyCase])), answer: asWildcard },
  { id: 'req-m1-two-rules-one-fails', ...strict, mapping: manyToOneOf(oneOfTwo), answer: nobody },
  { id: 'req-m1-deny', ...strict, mapping: manyToOneOf(deny), answer: denied },
  { id: 'req-m1-deny-anon', ...open, mapping: manyToOneOf(deny), answer: denied },
  { id: 'req-m1-nomatch', ...strict, mapping: manyToOneOf(manyToOne([rule('bob')])), answer: nobody },
  { id: 'req-m1-wrongpw', ...strict, mapping: manyToOneOf(allow), ...wrongPassword, answer: logonFailure },
  {
    id: 'req-both-1to1-wins',
    ...strict,
    mapping: { ...mapped, manyToOneMappings: [allow] },
    answer: asMapped,
  },
  { id: 'req-m1-order', ...strict, mapping: manyToOneOf(allow, deny), answer: asWildcard },
  { id: 'old6-deny', ...strict, mapping: manyToOneOf(deny), answer: denied },
]

const directoryRows: readonly Row[] = [
  { id: 'ad-mapped', ...strict, over: { client: directoryUser }, directory: true, answer: asAlice },
  { id: 'ad-unmapped', ...strict, directory: true, answer: nobody },
  { id: 'ad-unmapped-anon', ...open, directory: true, answer: served },
  { id: 'ad-weak-after-2025', ...strict, directory: true, answer: nobody },
]

const rows = [
  ...noCertificate,
  ...unanswered,
  ...invalid,
  ...oneToOneRows,
  ...manyToOneRows,
  ...directoryRows,
]

for (const { id, flags, over = {}, anonymous = true, mapping = noMapping, parts = {}, ...row } of rows) {
  t.test(id, async (t) => {
    const answer = await answerTo(
      request({
        sslFlags: flags,
        anonymous,
        connection: over === 'http' ? null : connection(over),
        authentication: {
          iisClientCertificateMappingAuthentication: mapping,
          clientCertificateMappingAuthentication: { enabled: row.directory ?? false },
          basicAuthentication: {
            ...{ enabled: row.basic ?? false, realm: '', defaultLogonDomain: '' },
            logonMethod: 'ClearText',
          },
        },
        ...parts,
      }),
    )
    t.strictSame(answer.kind === 'http' ? logged(answer) : answer.kind, row.answer)
  })
}

const logged = ({ status, substatus, hresult, user }: Extract<IisAnswer, { kind: 'http' }>) => [
  `${status}.${substatus}`,
  loggedWin32(hresult),
  user?.name ?? '-',
]
