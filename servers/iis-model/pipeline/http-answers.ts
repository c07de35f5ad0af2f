/** Makes HTTP answers with what they have in common: module and notification are those of the detailed error page. */
import { challengesOf } from './challenges.ts'
import type { AuthenticatedUser, HttpAnswer, ModuleName, Notification } from './request.ts'
import type { Exchange, Finding } from './step.ts'

export type Code = Pick<HttpAnswer, 'status' | 'substatus' | 'hresult'>

/** IIS Web Core at BeginRequest, observed for 403.16 [itq] [ee]; for the other answers of the kind inferred. */
export const atBeginRequest = (code: Code, { close = false }: { readonly close?: boolean } = {}): Finding =>
  answer({
    ...code,
    module: 'IIS Web Core',
    notification: 'BeginRequest',
    user: null,
    challenges: [],
    close,
  })

/** Each 401 names the enabled schemes, whichever module it comes from (inferred but for 401.2). */
export function unauthorized(
  { request }: Exchange,
  code: Omit<Code, 'status'>,
  from: {
    readonly module: ModuleName
    readonly notification: Notification
    readonly user: AuthenticatedUser | null
  },
): Finding {
  return answer({ status: 401, ...code, ...from, challenges: challengesOf(request), close: false })
}

export const answer = (http: Omit<HttpAnswer, 'kind'>): Finding => ({
  kind: 'answer',
  answer: { kind: 'http', ...http },
})
