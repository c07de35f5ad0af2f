/**
 * Steps 13 and 17: nobody is mapped, Anonymous is enabled, the content is there. 200, cs-username `-` [itq].
 * The last step: it always answers.
 */
import { S_OK } from '../../codes.ts'
import type { IisAnswer } from '../pipeline.ts'

export const anonymous = (): IisAnswer => ({ status: 200, substatus: 0, hresult: S_OK })
