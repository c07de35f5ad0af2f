/** What a step of the pipeline is: it looks at what is known of a request, and answers it, adds to it, or passes it on. */
import type { ClientCertificate } from '../schannel/client-certificate-context.ts'
import type { AuthenticatedUser, IisAnswer, PipelineRequest } from './request.ts'

/** A request, and what the steps before have found out. */
export interface Exchange {
  readonly request: PipelineRequest
  /** null before step 6, and when there is none. */
  readonly clientCertificate: ClientCertificate | null
  /** null: nobody has been authenticated yet, not even as anonymous. */
  readonly user: AuthenticatedUser | null
}

export type Finding =
  | { readonly kind: 'answer'; readonly answer: IisAnswer }
  | { readonly kind: 'certificate'; readonly clientCertificate: ClientCertificate | null }
  | { readonly kind: 'user'; readonly user: AuthenticatedUser }

/** null: nothing to say, ask the next step. */
export type Step = (exchange: Exchange) => Finding | null | Promise<Finding | null>

/** A step of authentication: with a user already there, the module stands aside [modules]. */
export const whileNobody =
  (step: Step): Step =>
  (exchange) =>
    exchange.user === null ? step(exchange) : null
