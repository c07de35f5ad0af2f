/** What is left of a request's body when its answer is known: read and thrown away before the answer goes out, within bounds. */
import type { HttpAnswer } from '../pipeline/request.ts'
import type { Exchange } from './exchange.ts'

/** Default of `requestFiltering/requestLimits@maxAllowedContentLength`. The 404.13 that IIS answers beyond it is not played. */
const MAX_ALLOWED_CONTENT_LENGTH = 30_000_000

/**
 * whole: nothing is left, or nobody is there to send it; unread: it need not come, so the connection can only end after
 * the answer; endless: more has come than is read for anybody.
 */
export type RestOfBody = 'whole' | 'unread' | 'endless'

export async function readRestOfBody(
  exchange: Pick<Exchange, 'body' | 'expectsContinue' | 'sendContinue'>,
  { status, close }: Pick<HttpAnswer, 'status' | 'close'>,
): Promise<RestOfBody> {
  if (close) return 'unread'
  if (exchange.expectsContinue && !exchange.body.isWhole) {
    // A client that waits is told of a refusal instead of 100. RFC 9110 §10.1.1.
    if (status >= 400) return 'unread'
    exchange.sendContinue()
  }
  return (await exchange.body.read(MAX_ALLOWED_CONTENT_LENGTH)) === 'larger' ? 'endless' : 'whole'
}
