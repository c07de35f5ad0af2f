/** What a cell must show: the scenario's neutral expectation looked up in the server's own table. */
import { answerFor, type Answer, type AnswerKey } from '../model/answer.ts'
import type { CellExpectation } from '../model/event.ts'
import type { Pki } from '../model/identity.ts'
import type { NeutralExpectation } from '../model/scenario.ts'
import type { Cell } from './matrix.ts'

export interface Expectation {
  readonly cell: CellExpectation
  readonly answer: Answer
  /** The encoded names that CertificateRequest must carry, in order; null: no CertificateRequest. */
  readonly authorities: readonly Uint8Array[] | null
  /** The identity has a certificate and the server asks, so it must cross the wire. */
  readonly presented: boolean
}

export function answerKey(expect: NeutralExpectation): AnswerKey {
  return 'refused' in expect ? expect.refused : 'accepted'
}

export function expectationOf({ underTest, namedScenario, tls, identity }: Cell, pki: Pki): Expectation {
  const key = answerKey(namedScenario.expect)
  const answer = answerFor(underTest.answers, key, tls)
  const names = underTest.certificateAuthorities
  const certificates = names?.map((name) => pki.authorities[name].certificate) ?? null
  const { verdict, alert, status, substatus, win32, verify, user, source } = answer
  return {
    cell: {
      accepted: verdict === 'accepted',
      refused: verdict === 'refused' && key !== 'accepted' ? key : null,
      ...{ alert, status, substatus, win32, verify, user, source },
      certificateAuthorities: certificates?.map(({ subject }) => subject) ?? null,
    },
    answer,
    authorities: certificates?.map(({ subjectDer }) => subjectDer) ?? null,
    presented: names !== null && (pki.identities.get(identity)?.chain.length ?? 0) > 0,
  }
}
