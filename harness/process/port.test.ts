import { createServer } from 'node:net'
import t from 'tap'
import { freePorts } from './port.ts'

t.test('ports are distinct, also between two calls at the same time', async (t) => {
  const [one, two] = await Promise.all([freePorts(20), freePorts(20)])
  t.equal(new Set([...one, ...two]).size, 40)
})

t.test('ports lie below the range that outgoing connections are given', async (t) => {
  t.ok((await freePorts(50)).every((port) => port >= 10_240 && port <= 32_767))
})

t.test('a port that is taken is passed over', async (t) => {
  const [before] = await freePorts(1)
  const servers = await Promise.all(
    [1, 2, 3].map(
      (step) =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(before! + step, '127.0.0.1', () => resolve(server))
          // Somebody else's: passed over just the same.
          server.once('error', () => resolve(server))
        }),
    ),
  )
  const [after] = await freePorts(1)
  t.ok(after! > before! + 3 || after! < before!)
  for (const server of servers) server.close()
})

t.test('a host that is not ours has no ports', async (t) => {
  await t.rejects(freePorts(1, '192.0.2.1'), { code: 'ERR_NO_FREE_PORT' })
})
