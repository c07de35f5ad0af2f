/** What Schannel writes to the System log when a certificate is mapped to nobody [schevents]; the wording is ours. */
import type { SchannelEvent } from '../machine/events.ts'

export const mappingEvents = {
  notValidated: {
    id: 36877,
    message: 'the client certificate was not validated: its issuer is not known',
  },
  unsuitable: {
    id: 36878,
    message: 'the client certificate is unsuitable for mapping to an account: its CA is not in NTAuth',
  },
  notMapped: { id: 36879, message: 'the client certificate was not mapped to an account' },
} as const satisfies Record<string, SchannelEvent>
