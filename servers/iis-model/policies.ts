/**
 * The policies that the model runs under: four neutral ones with a full table (answers.ts), and every situation, of
 * which only the answer to the control is stated here. The rest of a situation's answers is scenarios/iis.
 */
import type { Answers, ControlAnswer, ScenarioAnswer } from '../../harness/model/answer.ts'
import type { AuthorityName } from '../../harness/model/identity.ts'
import type { Policy } from '../../harness/model/policy.ts'
import type { PolicyUnderTest } from '../../harness/model/server.ts'
import type { AccessSslFlag } from './configuration/access-ssl-flags.ts'
import { neverAsked, request, require } from './answers.ts'
import type { IisProfile } from './profiles.ts'
import type { Situation } from './situation.ts'
import { ACCEPT, early, REQUIRE } from './situations/ssl-flags.ts'
import { situations } from './situations/index.ts'
import type { CorrectAnswer, NamedSituation } from './situations/named.ts'

export interface IisPolicy extends Policy {
  readonly iis: Situation
}

const TRUST = ['root-a'] as const satisfies readonly AuthorityName[]
const common = { trust: TRUST, caNames: 'default' } as const

export function policiesOf(profile: IisProfile): readonly PolicyUnderTest<IisPolicy>[] {
  const ofSituations = Object.entries(situations)
    .filter(([, { playedBy }]) => playedBy?.(profile) ?? true)
    .map((entry) => underTest(entry, profile))
  return [...neutral(profile), ...ofSituations]
}

function neutral(profile: IisProfile): readonly PolicyUnderTest<IisPolicy>[] {
  const asks = { ...common, when: 'handshake' } as const
  const certificateAuthorities = listed(profile)
  const told = (answers: Answers) => asLogged(answers, profile)
  return [
    {
      policy: { ...asks, name: 'none', clientCertificate: 'none', iis: { sslFlags: ['None'] } },
      certificateAuthorities: null,
      answers: told(neverAsked),
    },
    {
      policy: { ...asks, name: 'ssl', clientCertificate: 'none', iis: { sslFlags: ['Ssl'] } },
      certificateAuthorities: null,
      answers: told(neverAsked),
    },
    {
      policy: {
        ...asks,
        name: 'request',
        clientCertificate: 'request',
        iis: { sslFlags: ACCEPT, sslcert: early },
      },
      certificateAuthorities,
      answers: told(request),
    },
    {
      policy: {
        ...asks,
        name: 'require',
        clientCertificate: 'require',
        iis: { sslFlags: REQUIRE, sslcert: early },
      },
      certificateAuthorities,
      answers: told(require),
    },
  ]
}

function underTest(
  [name, { situation, correct, names }]: readonly [string, NamedSituation],
  profile: IisProfile,
): PolicyUnderTest<IisPolicy> {
  const when = situation.sslcert?.clientcertnegotiation ? 'handshake' : 'late'
  const asks = when === 'handshake' || situation.sslFlags.includes('SslNegotiateCert')
  return {
    policy: {
      ...common,
      name,
      situation: true,
      clientCertificate: asks ? clientCertificateOf(situation.sslFlags) : 'none',
      when,
      iis: situation,
    },
    certificateAuthorities: asks ? (names?.(profile) ?? listed(profile)) : null,
    answers: control(
      loggedBy(profile, correct),
      when === 'late' && asks ? profile.withoutPostHandshakeAuth : null,
    ),
  }
}

/** IIS 5 logs no substatus, and a page that is no error page shows none. */
function loggedBy<T extends { readonly status: number | null; readonly substatus: number | null }>(
  { logFields }: IisProfile,
  answer: T,
): T {
  return logFields === 'iis-5' && answer.status === 200 ? { ...answer, substatus: null } : answer
}

function asLogged(answers: Answers, profile: IisProfile): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [
      key,
      'verdict' in answer ? loggedBy(profile, answer) : answer,
    ]),
  ) as Answers
}

const listed = ({ sendTrustedIssuerList }: IisProfile) => (sendTrustedIssuerList === 1 ? TRUST : [])

const clientCertificateOf = (sslFlags: readonly AccessSslFlag[]) =>
  sslFlags.includes('SslRequireCert') ? 'require' : 'request'

/** The control of a situation: on TLS 1.3 a late request ends in what the profile does without post-handshake authentication. */
function control(
  correct: CorrectAnswer,
  withoutPostHandshakeAuth: IisProfile['withoutPostHandshakeAuth'],
): ControlAnswer {
  const answer = answerOf(correct)
  return withoutPostHandshakeAuth === null
    ? { accepted: answer }
    : { accepted: { '1.2': answer, '1.3': lateFailures[withoutPostHandshakeAuth] } }
}

const common13 = {
  alert: null,
  verify: null,
  user: null,
  verdict: 'refused',
  asked: null,
  confidence: 'documented',
  source: '[tls13-2025]',
} as const

const lateFailures: Readonly<Record<NonNullable<IisProfile['withoutPostHandshakeAuth']>, ScenarioAnswer>> = {
  reset: { ...common13, status: null, substatus: null, win32: null, closedBy: 'rst' },
  'not-supported': { ...common13, status: 500, substatus: 0, win32: 50 },
}

const answerOf = (correct: CorrectAnswer): ScenarioAnswer => ({
  ...correct,
  alert: null,
  verify: null,
  verdict: correct.status === 200 ? 'accepted' : 'refused',
  confidence: 'inferred',
  source: 'the control of its situation',
})
