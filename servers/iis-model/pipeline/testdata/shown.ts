/** An answer in short, e.g. `401.3 mapped`, `200`, `reset`. */
import { answerTo } from '../pipeline.ts'
import { request } from './requests.ts'
import type { RequestParts } from './requests.ts'

export async function shown(parts: RequestParts): Promise<string> {
  const answer = await answerTo(request(parts))
  if (answer.kind !== 'http') return answer.kind
  const { status, substatus, user } = answer
  return `${status}${substatus === 0 ? '' : `.${substatus}`}${user?.name ? ` ${user.name}` : ''}`
}
