import t from 'tap'
import type { Deviation } from '../model/scenario.ts'
import { deviate } from './deviate.ts'
import { observation, result } from './testdata/values.ts'

const accepts: Deviation = {
  cells: 'alpha/require/*/*/validity/expired',
  observed: { accepted: true, status: 200 },
  reason: 'alpha does not look at notAfter',
  source: "alpha's manual",
}

const accepted = observation({
  ...{ accepted: true, refusal: null },
  http: { status: 200, substatus: null, substatusFrom: null, reason: 'OK' },
})

const listed = { outcome: 'deviation', reason: "alpha does not look at notAfter [alpha's manual]" }
const stale = {
  outcome: 'fail',
  reason:
    "stale deviation: the cell passes now; remove 'alpha/require/*/*/validity/expired' from the deviations " +
    '(alpha does not look at notAfter)',
}

const cases = [
  { name: 'the listed difference', was: { outcome: 'fail', observed: accepted }, becomes: listed },
  {
    name: 'no longer the same difference',
    was: { outcome: 'fail', reason: 'as it was', observed: observation() },
    becomes: { outcome: 'fail', reason: 'as it was' },
  },
  { name: 'the cell passes', was: { outcome: 'pass', reason: null, observed: accepted }, becomes: stale },
  {
    name: 'an error is no verdict, whatever was seen',
    was: { outcome: 'error', reason: 'the last control', observed: accepted },
    becomes: { outcome: 'error', reason: 'the last control' },
  },
  {
    name: 'nothing was seen',
    was: { outcome: 'unsupported', reason: 'no TLS 1.3', observed: null },
    becomes: { outcome: 'unsupported', reason: 'no TLS 1.3' },
  },
  {
    name: 'another cell',
    was: { id: 'alpha/require/tls1.3/first/validity/not-yet-valid', outcome: 'pass', reason: null },
    becomes: { outcome: 'pass', reason: null },
  },
  {
    name: '* stays within one path segment',
    was: { id: 'alpha/require/tls1.3/more/first/validity/expired', outcome: 'pass', reason: null },
    becomes: { outcome: 'pass', reason: null },
  },
] as const

for (const { name, was, becomes } of cases) {
  t.test(name, async (t) => {
    const before = result(was)
    t.strictSame(deviate([accepts])(before), { ...before, ...becomes })
  })
}

t.test('without a list nothing changes', async (t) => {
  const before = result()
  t.equal(deviate([])(before), before)
})

const fields = [
  { presented: false },
  { refusal: 'missing' },
  { status: 403 },
  { substatus: 7 },
  { alert: 'unknown_ca' },
] as const

for (const field of fields) {
  t.test(`every given field must still be seen: ${JSON.stringify(field)}`, async (t) => {
    const narrower = { ...accepts, observed: { ...accepts.observed, ...field } }
    t.equal(deviate([narrower])(result({ observed: accepted })).outcome, 'fail')
  })
}

t.test('of two lines for one cell, the one that still holds', async (t) => {
  const other = { ...accepts, cells: '**', observed: { accepted: false }, reason: 'another line' }
  t.match(deviate([other, accepts])(result({ observed: accepted })), listed)
  t.match(deviate([accepts, other])(result({ observed: observation() })), { reason: /^another line/ })
})
