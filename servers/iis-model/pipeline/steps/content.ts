/** Step 17: the content is there. 200. It stands at the end of the pipeline and always answers. */
import { S_OK } from '../../codes.ts'
import type { HttpAnswer } from '../request.ts'
import type { Exchange } from '../step.ts'

export const content = ({ user }: Exchange): HttpAnswer => ({
  kind: 'http',
  status: 200,
  substatus: 0,
  hresult: S_OK,
  module: 'StaticFileModule',
  notification: 'ExecuteRequestHandler',
  user,
  challenges: [],
  close: false,
})
