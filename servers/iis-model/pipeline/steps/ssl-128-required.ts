/**
 * Step 5, IIS Web Core at BeginRequest: the URL wants a cipher of 128 bits. 403.5 [status] [acc]; win32 5 is inferred,
 * and so is that it comes before everything about certificates, and that Ssl128 asks nothing of plain HTTP.
 */
import { ACCESS_DENIED } from '../../codes.ts'
import { atBeginRequest } from '../http-answers.ts'
import type { Step } from '../step.ts'

const BITS = 128

export const ssl128Required: Step = ({ request: { settings, connection } }) =>
  settings.access.sslFlags.includes('Ssl128') && connection !== null && connection.cipherBits < BITS
    ? atBeginRequest({ status: 403, substatus: 5, hresult: ACCESS_DENIED })
    : null
