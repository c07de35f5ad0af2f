/**
 * The IIS model in the container of this folder's Dockerfile, as docker-compose.yml runs it: Node in the image, the
 * product mounted. NODE_BASE names the image to build on, where no registry has the default.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import { connect } from 'node:tls'
import t from 'tap'
import { containerEngine, startContainer } from '../../harness/process/container.ts'
import { packageRoot } from '../../harness/process/package-root.ts'

const PORT = 8450
const base = process.env['NODE_BASE']
const required = (process.env['COUNTERSIGN_REQUIRE'] ?? '').split(/[\s,]+/).includes('container')
const engine = await containerEngine()
const missing = engine.available ? base === undefined && 'NODE_BASE names no image with Node' : engine.reason
const skip = required ? false : missing

t.test('the model answers in its container', { skip }, async (t) => {
  await using container = await startContainer({
    name: 'iis-model',
    context: join(packageRoot(), 'servers', 'iis-model'),
    ...(base === undefined ? {} : { buildArgs: { BASE: base } }),
    directory: { host: packageRoot(), container: '/countersign' },
    command: ['serve', 'iis-8.5', '--host', '0.0.0.0', '--port', String(PORT)],
    ports: [PORT],
    signal: AbortSignal.timeout(120_000),
  })
  const socket = connect({
    port: container.port(PORT),
    host: '127.0.0.1',
    servername: 'localhost',
    // Its certificates were made inside.
    rejectUnauthorized: false,
  })
  socket.end('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  await once(socket, 'close')
  t.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n/)
  t.match(answer, /\r\nServer: Microsoft-IIS\/8\.5\r\n/i)
})
