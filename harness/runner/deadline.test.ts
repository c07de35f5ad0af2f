import { getEventListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { deadline } from './deadline.ts'

const LONG_MS = 60_000

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length

t.test('fires after its time', async (t) => {
  using limit = deadline(new AbortController().signal, 1)
  t.equal(limit.signal.aborted, false)
  await aborted(limit.signal)
  t.equal(limit.signal.aborted, true)
})

t.test('restarted, it fires after its new time and not after the old one', async (t) => {
  using short = deadline(new AbortController().signal, LONG_MS)
  short.restart(1)
  await aborted(short.signal)
  using long = deadline(new AbortController().signal, 1)
  long.restart(LONG_MS)
  await sleep(5)
  t.equal(long.signal.aborted, false)
})

t.test('follows its parent', async (t) => {
  const parent = new AbortController()
  using limit = deadline(parent.signal, LONG_MS)
  const fired = aborted(limit.signal)
  parent.abort()
  await fired
  t.equal(limit.signal.aborted, true)
})

t.test('a parent that has aborted already', async (t) => {
  using limit = deadline(AbortSignal.abort(), LONG_MS)
  t.equal(limit.signal.aborted, true)
})

t.test('its end is not the end of its parent', async (t) => {
  const parent = new AbortController()
  using limit = deadline(parent.signal, 1)
  await aborted(limit.signal)
  t.equal(parent.signal.aborted, false)
})

const endings = [
  { name: 'unused', end: async () => undefined },
  { name: 'fired', end: () => sleep(5) },
  { name: 'aborted by its parent', end: async (parent: AbortController) => parent.abort() },
]

for (const { name, end } of endings) {
  t.test(`${name}, it leaves no timer and no listener`, async (t) => {
    const before = timers()
    const parent = new AbortController()
    const limit = deadline(parent.signal, name === 'fired' ? 1 : LONG_MS)
    t.equal(getEventListeners(parent.signal, 'abort').length, 1)
    await end(parent)
    limit[Symbol.dispose]()
    t.equal(getEventListeners(parent.signal, 'abort').length, 0)
    t.equal(timers(), before)
  })
}

t.test('disposed, it never fires', async (t) => {
  const parent = new AbortController()
  const limit = deadline(parent.signal, 1)
  limit[Symbol.dispose]()
  parent.abort()
  await sleep(5)
  t.equal(limit.signal.aborted, false)
})
