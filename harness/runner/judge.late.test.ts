/** What a cell beyond a plain GET shows: the time of the request, the end, the HTTP/2 reset, denials. */
import t from 'tap'
import { judge } from './judge.ts'
import { expectation, observation } from './testdata/values.ts'

const rootA = Buffer.from('CN=root-a')

const times = [
  { expected: 'late', observed: 'late', reason: null },
  {
    expected: 'late',
    observed: 'handshake',
    reason: 'CertificateRequest: expected late, observed handshake',
  },
  {
    expected: 'handshake',
    observed: 'late',
    reason: 'CertificateRequest: expected handshake, observed late',
  },
  { expected: null, observed: 'late', reason: 'CertificateRequest: expected none, observed late' },
] as const

for (const { expected, observed, reason } of times) {
  t.test(`CertificateRequest ${expected ?? 'never'} expected, ${observed} observed`, async (t) => {
    const request = observation().certificateRequest
    const saw = observation({ certificateRequest: request && { ...request, when: observed } })
    t.equal(judge(expectation({ cell: { asked: expected } }), saw, [rootA]).reason, reason)
  })
}

const ends = [
  { expected: null, observed: 'rst', reason: null },
  { expected: 'rst', observed: 'rst', reason: null },
  { expected: 'rst', observed: 'fin', reason: 'closed by: expected rst, observed fin' },
] as const

for (const { expected, observed, reason } of ends) {
  t.test(`the end: ${expected ?? 'nothing'} expected, ${observed} observed`, async (t) => {
    const saw = observation({ handshake: { ...observation().handshake, closedBy: observed } })
    t.equal(judge(expectation({ cell: { closedBy: expected } }), saw, [rootA]).reason, reason)
  })
}

t.test('a reset where an answer came is no reset instead of an answer', async (t) => {
  const saw = observation({ handshake: { ...observation().handshake, closedBy: 'rst' } })
  const expects = expectation({ cell: { status: null, closedBy: 'rst' } })
  t.equal(judge(expects, saw, [rootA]).reason, 'status: expected none, observed 400')
  t.equal(judge(expects, { ...saw, http: null }, [rootA]).reason, null)
})

for (const [expected, observed] of [
  ['HTTP_1_1_REQUIRED', null],
  [null, 'HTTP_1_1_REQUIRED'],
  ['HTTP_1_1_REQUIRED', 'CANCEL'],
] as const) {
  t.test(`HTTP/2 reset: ${expected ?? 'none'} expected, ${observed ?? 'none'} observed`, async (t) => {
    const judged = judge(
      expectation({ cell: { http2Reset: expected } }),
      observation({ http2Reset: observed }),
      [rootA],
    )
    t.equal(judged.reason, `HTTP/2 reset: expected ${expected ?? 'none'}, observed ${observed ?? 'none'}`)
  })
}

t.test('a table that names no reason leaves it to the signs', async (t) => {
  t.equal(judge(expectation({ cell: { refused: null } }), observation(), [rootA]).reason, null)
  t.equal(
    judge(expectation({ cell: { refused: null } }), observation({ accepted: true, refusal: null }), [rootA])
      .reason,
    'expected a refusal (for any reason), the server accepted',
  )
})

t.test('a denial is judged like any other reason', async (t) => {
  const expects = expectation({ cell: { refused: 'logon-failed' } })
  t.equal(judge(expects, observation({ refusal: 'logon-failed' }), [rootA]).reason, null)
  t.equal(
    judge(expects, observation({ refusal: 'not-authenticated' }), [rootA]).reason,
    'refused for another reason: expected logon-failed, observed not-authenticated',
  )
})
