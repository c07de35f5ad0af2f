import t from 'tap'
import type { Observation } from '../model/observation.ts'
import { rfcOpinion } from './rfc-opinion.ts'
import { cell, observation, policy, scenario, underTest } from './testdata/values.ts'

const silent = { alert: null, agrees: null, source: null }
const section = 'RFC 5246 §7.4.6, RFC 8446 §4.4.2.4'
const missing = scenario('missing', { expect: { refused: 'missing' } })
const correct = scenario('correct', { rfc: ['RFC 5280 §6.1', 'RFC 8446 §4.4.2'] })

function saw(accepted: boolean, alert: string | null, from: 'client' | 'server' = 'server'): Observation {
  const { handshake } = observation()
  const details = { from, code: 0, when: 'after-client-finished', received: true } as const
  const seen = alert === null ? null : { ...details, description: alert }
  return observation({ accepted, handshake: { ...handshake, alert: seen } })
}

const cases = [
  { name: 'the alert of TLS 1.3', tls: '1.3', observed: saw(false, 'certificate_required'), agrees: true },
  {
    name: 'the alert of TLS 1.2 in TLS 1.3',
    tls: '1.3',
    observed: saw(false, 'handshake_failure'),
    agrees: false,
  },
  { name: 'the alert of TLS 1.2', tls: '1.2', observed: saw(false, 'handshake_failure'), agrees: true },
  {
    name: 'the alert of TLS 1.3 in TLS 1.2',
    tls: '1.2',
    observed: saw(false, 'certificate_required'),
    agrees: false,
  },
  { name: 'a refusal without an alert', tls: '1.3', observed: saw(false, null), agrees: false },
  {
    name: 'the alert from the client',
    tls: '1.3',
    observed: saw(false, 'certificate_required', 'client'),
    agrees: false,
  },
  {
    name: 'the alert, and acceptance',
    tls: '1.3',
    observed: saw(true, 'certificate_required'),
    agrees: false,
  },
] as const

for (const { name, tls, observed, agrees } of cases) {
  t.test(`a missing certificate: ${name}`, async (t) => {
    const alert = tls === '1.2' ? 'handshake_failure' : 'certificate_required'
    t.strictSame(rfcOpinion(cell({ tls, namedScenario: missing }), observed), {
      alert,
      agrees,
      source: section,
    })
  })
}

for (const accepted of [true, false]) {
  t.test(`an identity without a fault, ${accepted ? 'accepted' : 'refused'}`, async (t) => {
    const opinion = rfcOpinion(cell({ namedScenario: correct }), saw(accepted, null))
    t.strictSame(opinion, { alert: null, agrees: accepted, source: 'RFC 5280 §6.1, RFC 8446 §4.4.2' })
  })
}

t.test('of a denial, which is told in HTTP, the RFCs ask nothing', async (t) => {
  const denied = scenario('denied', { expect: { refused: 'not-authorized' } })
  t.strictSame(rfcOpinion(cell({ namedScenario: denied }), saw(false, null)), silent)
})

for (const name of ['none', 'request'] as const) {
  t.test(`of the policy '${name}' the RFCs ask nothing`, async (t) => {
    const asked = cell({ namedScenario: missing, underTest: underTest({ policy: policy(name) }) })
    t.strictSame(rfcOpinion(asked, saw(true, null)), silent)
  })
}
