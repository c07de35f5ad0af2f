import picomatch from 'picomatch'
import t from 'tap'
import { embeddedServers } from './embedded-servers.ts'
import { workload } from './workload.ts'

t.test('has as many cells as asked for, each with an id of its own', async (t) => {
  const { cells } = workload(embeddedServers, 300)
  t.equal(cells.length, 300)
  t.equal(new Set(cells.map(({ id }) => id)).size, 300)
})

t.test('a repeated cell is the same policy, TLS version and identity', async (t) => {
  const { cells } = workload(embeddedServers, 1000)
  const first = cells[0]
  const again = cells.find(({ id }) => id === `${first?.id ?? ''}-repeat-1`)
  for (const key of ['server', 'policy', 'tls', 'identity', 'scenario'] as const) {
    t.equal(again?.[key], first?.[key], key)
  }
})

t.test('a listed deviation covers the repeated cells too, and no others', async (t) => {
  const { deviations } = workload(embeddedServers, 1)
  const [deviation] = deviations
  const matches = picomatch(deviation?.cells ?? '')
  const id = deviation?.cells.replace('{,-repeat-*}', '').replaceAll('*', 'any') ?? ''
  t.ok(matches(id))
  t.ok(matches(`${id}-repeat-2`))
  t.notOk(matches(`${id}-other`))
})
