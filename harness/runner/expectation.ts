/**
 * What a cell must show: the scenario's own answer where it has one, otherwise its neutral expectation looked up in the
 * server's table.
 */
import { answerFor, type AnswerKey, type ScenarioAnswer } from '../model/answer.ts'
import type { CellExpectation } from '../model/event.ts'
import type { IssuedCertificate, Pki } from '../model/identity.ts'
import type { Reason } from '../model/refusal.ts'
import type { NeutralExpectation } from '../model/scenario.ts'
import type { PolicyUnderTest } from '../model/server.ts'
import type { Cell } from './matrix.ts'

export interface Expectation {
  readonly cell: CellExpectation
  readonly answer: ScenarioAnswer
  /** The encoded names that CertificateRequest must carry, in order; null: no CertificateRequest. */
  readonly authorities: readonly Uint8Array[] | null
  /** Whether a certificate must cross the wire; where it must not, it may not either. */
  readonly presented: boolean
  /** Why a browser offers nothing; null: it offers. undefined: no browser's business. */
  readonly withheldBecause: string | null | undefined
}

export function answerKey(expect: NeutralExpectation): Reason | 'accepted' {
  return 'refused' in expect ? expect.refused : 'accepted'
}

/** @param isOffered A browser would offer the identity; always true of a forced client. */
export function expectationOf(cell: Cell, pki: Pki, isOffered = true): Expectation {
  const { underTest, namedScenario, tls, identity } = cell
  const key = answerKey(namedScenario.expect)
  // No table has a row for a denial; answerFor throws, and says that the scenario needs an answer of its own.
  const answer = namedScenario.answer ?? answerFor(underTest.answers, key as AnswerKey, tls)
  const asked = askedOf(cell, answer)
  const named = answer.certificateAuthorities ?? underTest.certificateAuthorities
  const certificates = asked === null ? null : certificatesOf(named, pki)
  const hasCertificate = (pki.identities.get(identity)?.chain.length ?? 0) > 0
  const { verdict, alert, status, substatus, win32, verify, user, source } = answer
  return {
    cell: {
      accepted: verdict === 'accepted',
      refused: verdict === 'refused' && key !== 'accepted' ? key : null,
      ...{ alert, status, substatus, win32, verify, user, source },
      certificateAuthorities: certificates?.map(({ subject }) => subject) ?? null,
      asked,
      closedBy: answer.closedBy ?? null,
      http2Reset: answer.http2Reset ?? null,
      win32Confidence: answer.win32Confidence ?? null,
      note: answer.note ?? null,
    },
    answer,
    authorities: certificates?.map(({ subjectDer }) => subjectDer) ?? null,
    presented: asked !== null && hasCertificate && isOffered,
    withheldBecause: cell.selection === 'browser' ? (answer.withheldBecause ?? null) : undefined,
  }
}

function askedOf({ underTest, namedScenario }: Cell, { asked }: ScenarioAnswer): CellExpectation['asked'] {
  if (namedScenario.request?.scheme === 'http') return null
  if (asked !== undefined) return asked
  return underTest.certificateAuthorities === null ? null : underTest.policy.when
}

/** The CAs whose names are sent, in order. */
function certificatesOf(
  names: PolicyUnderTest['certificateAuthorities'],
  pki: Pki,
): readonly IssuedCertificate[] | null {
  if (names === null) return null
  const { authorities, crowd } = 'crowd' in names ? names : { authorities: names, crowd: 0 }
  // The crowd is made when it is first looked at, which takes a while.
  const others = crowd === 0 ? [] : pki.crowd.slice(0, crowd)
  return [...authorities.map((name) => pki.authorities[name].certificate), ...others]
}
