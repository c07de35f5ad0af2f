import t from 'tap'
import { closedByError, newTap } from './tap.ts'

t.test('the first cause of an end wins', async (t) => {
  const tap = newTap()
  t.equal(tap.closedBy, null)
  tap.closed('rst')
  tap.closed('timeout')
  t.equal(tap.closedBy, 'rst')
})

t.test('it keeps up to its bound, both flows together, and refuses what is over', async (t) => {
  const tap = newTap(8)
  t.ok(tap.record('client', Buffer.alloc(3)))
  t.ok(tap.record('server', Buffer.alloc(5)))
  t.notOk(tap.record('server', Buffer.alloc(1)))
  t.equal(tap.segments.length, 2)
})

const errors = [
  { code: 'ECONNRESET', closedBy: 'rst' },
  { code: 'EPIPE', closedBy: 'rst' },
  { code: 'ECONNREFUSED', closedBy: 'client' },
  { code: 'ETIMEDOUT', closedBy: 'client' },
] as const

for (const { code, closedBy } of errors) {
  t.test(`${code} is '${closedBy}'`, async (t) => {
    t.equal(closedByError(Object.assign(new Error(code), { code })), closedBy)
  })
}
