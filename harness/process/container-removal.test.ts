import t from 'tap'
import { removeContainer } from './container-removal.ts'

const engineSays = (statusCode: number) => Object.assign(new Error(`HTTP code ${statusCode}`), { statusCode })

const cases = [
  { name: 'it is removed', removal: null, waiting: null, waits: false },
  { name: 'it is gone', removal: engineSays(404), waiting: null, waits: false },
  { name: 'it is going, and that is waited for', removal: engineSays(409), waiting: null, waits: true },
  {
    name: 'it is gone before it can be waited for',
    removal: engineSays(409),
    waiting: engineSays(404),
    waits: true,
  },
] as const

const settle = (error: Error | null) => (error === null ? Promise.resolve() : Promise.reject(error))

for (const { name, removal, waiting, waits } of cases) {
  t.test(name, async (t) => {
    const calls: string[] = []
    await removeContainer({
      remove: () => settle(removal),
      wait: ({ condition }) => {
        calls.push(condition)
        return settle(waiting)
      },
    })
    t.strictSame(calls, waits ? ['removed'] : [])
  })
}

t.test('what the engine cannot do is told', async (t) => {
  const broken = engineSays(500)
  await t.rejects(removeContainer({ remove: () => settle(broken), wait: () => settle(null) }), broken)
  const lost = { remove: () => settle(engineSays(409)), wait: () => settle(broken) }
  await t.rejects(removeContainer(lost), broken)
})
