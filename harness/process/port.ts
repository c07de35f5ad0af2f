/**
 * Free TCP ports for servers that must be told a port before they start.
 * Another program can still take a port before the server binds it; the choice makes that improbable.
 */
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { HarnessError, messageOf } from '../model/errors.ts'

/**
 * Below the ephemeral ranges of Linux (32768 and up) and of IANA (49152 and up, RFC 6335 §6): the many connections
 * of a run take their own ports from there, and one of them would otherwise sooner or later sit on ours.
 */
const FIRST_PORT = 10_240
const LAST_PORT = 32_767
const MAX_TRIES = 1000

/** Moves on through the range, so that one process is not given a port twice before a server has bound it. */
let next = randomInt(FIRST_PORT, LAST_PORT + 1)

/** Distinct ports that were all free at the same moment. */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<readonly number[]> {
  const held: Server[] = []
  const ports: number[] = []
  try {
    for (let tries = 0; ports.length < count; tries++) {
      if (tries >= count + MAX_TRIES) {
        throw new HarnessError(
          'ERR_NO_FREE_PORT',
          `found ${ports.length} free ports on ${host}, wanted ${count}`,
        )
      }
      const port = next
      next = next === LAST_PORT ? FIRST_PORT : next + 1
      const server = await hold(port, host)
      if (server === null) continue
      held.push(server)
      ports.push(port)
    }
  } finally {
    await Promise.all(held.map(release))
  }
  return ports
}

/**
 * For a port that somebody chose. Some programs find out late that theirs is taken, and what answers there meanwhile is
 * the other program.
 * @throws HarnessError ERR_PORT, when the address cannot be listened on.
 */
export async function checkFree(port: number, host: string): Promise<void> {
  const server = createServer()
  try {
    server.listen({ port, host, exclusive: true })
    await once(server, 'listening')
  } catch (cause) {
    throw new HarnessError('ERR_PORT', `cannot listen: ${messageOf(cause)}`, {
      where: `${host}, port ${port}`,
      hint: 'end the program that has the port, or give another --port (0: any that is free) or --host',
      cause,
    })
  }
  await release(server)
}

function hold(port: number, host: string): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host, exclusive: true }, () => resolve(server))
  })
}

function release(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
