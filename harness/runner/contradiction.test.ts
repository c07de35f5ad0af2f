import t from 'tap'
import type { ClientClaims } from '../model/client.ts'
import type { ObservedAlert } from '../model/observation.ts'
import { contradiction } from './contradiction.ts'
import { observation } from './testdata/values.ts'

const unknownCa: ObservedAlert = {
  from: 'server',
  description: 'unknown_ca',
  code: 48,
  when: 'after-client-finished',
  received: false,
}

const claims: ClientClaims = {
  certificateRequested: true,
  certificateAuthorities: ['CN=root-a'],
  alert: null,
  accepted: false,
}

const contradictions = [
  { name: 'the same', changes: {}, text: null },
  {
    name: 'no request',
    changes: { certificateRequested: false },
    text: 'certificate requested: the client says false, the dissector true',
  },
  {
    name: 'other names',
    changes: { certificateAuthorities: ['CN=root-b'] },
    text: 'CA names: the client says ["CN=root-b"], the dissector ["CN=root-a"]',
  },
  {
    name: 'names in another number',
    changes: { certificateAuthorities: [] },
    text: 'CA names: the client says [], the dissector ["CN=root-a"]',
  },
  {
    name: 'an alert',
    changes: { alert: 'unknown_ca' },
    text: 'alert: the client says unknown_ca, the dissector none',
  },
  {
    name: 'acceptance',
    changes: { accepted: true },
    text: 'accepted: the client says true, the dissector false',
  },
  {
    name: 'two things',
    changes: { certificateRequested: false, accepted: true },
    text:
      'certificate requested: the client says false, the dissector true; ' +
      'accepted: the client says true, the dissector false',
  },
] as const satisfies readonly {
  readonly name: string
  readonly changes: Partial<ClientClaims>
  readonly text: string | null
}[]

t.test('a reset can overtake an alert: the client that did not see it does not contradict', async (t) => {
  const ended = (closedBy: 'rst' | 'fin') =>
    observation({ handshake: { ...observation().handshake, alert: unknownCa, closedBy } })
  t.equal(contradiction(claims, ended('rst')), null)
  t.match(contradiction(claims, ended('fin')), /^alert: the client says none, the dissector unknown_ca$/)
  t.match(contradiction({ ...claims, alert: 'bad_certificate' }, ended('rst')), /bad_certificate/)
})

for (const { name, changes, text } of contradictions) {
  t.test(`the client says ${name}`, async (t) => {
    t.equal(contradiction({ ...claims, ...changes }, observation()), text)
  })
}

t.test('of a late request a program says nothing, or the truth', async (t) => {
  const request = observation().certificateRequest
  const late = observation({ certificateRequest: request && { ...request, when: 'late' } })
  const silent = { ...claims, certificateRequested: false, certificateAuthorities: [] }
  t.equal(contradiction(silent, late), null)
  t.equal(contradiction(claims, late), null)
  t.match(contradiction({ ...claims, certificateAuthorities: ['CN=root-b'] }, late), /^CA names: /)
  t.match(contradiction(silent, observation()), /^certificate requested: .*; CA names: /)
})

t.test('only an alert of the server can have been received', async (t) => {
  const seen = (from: 'client' | 'server') =>
    observation({ handshake: { ...observation().handshake, alert: { ...unknownCa, from } } })
  t.equal(contradiction(claims, seen('client')), null)
  t.equal(contradiction({ ...claims, alert: 'unknown_ca' }, seen('server')), null)
  t.equal(contradiction(claims, seen('server')), 'alert: the client says none, the dissector unknown_ca')
})
