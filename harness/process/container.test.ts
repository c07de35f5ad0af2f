import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { cleanUp } from './cleanup.ts'
import { containerEngine, startContainer, type ContainerOptions } from './container.ts'
import { runProgram } from './run-program.ts'
import { makeScratch } from './scratch.ts'

const soon = () => AbortSignal.timeout(60_000)
const context = fileURLToPath(new URL('./testdata/listener', import.meta.url))
const required = (process.env['COUNTERSIGN_REQUIRE'] ?? '').split(/[\s,]+/).includes('container')
const engine = await containerEngine()
const skip = !engine.available && !required ? engine.reason : false

function startListener(directory: string, options: Partial<ContainerOptions> = {}) {
  return startContainer({
    name: 'test-listener',
    context,
    directory: { host: directory, container: '/shared' },
    ports: [8000],
    signal: soon(),
    ...options,
  })
}

t.test('the engine names its version', { skip }, async (t) => {
  t.match(await containerEngine(), { available: true, version: /^\d+\./, tlsLibrary: null })
})

t.test('a container is reached on 127.0.0.1, shares a folder, and goes', { skip }, async (t) => {
  await using scratch = await makeScratch('container')
  const container = await startListener(scratch.path)
  t.equal(await greeting(container.port(8000)), 'hello\n')
  t.equal(await container.output(['sh', '-c', 'echo out; echo log line >> /shared/access.log']), 'out')
  t.equal(await readFile(`${scratch.path}/access.log`, 'utf8'), 'log line\n')
  t.strictSame(await publishedOn(container.id), ['127.0.0.1'])
  await container[Symbol.asyncDispose]()
  t.strictSame(await ours(), [])
})

t.test('a container that ends says so', { skip }, async (t) => {
  await using scratch = await makeScratch('container')
  await using container = await startListener(scratch.path)
  await docker('kill', container.id)
  t.match(await container.died, 'the test-listener container ended with exit code 137: listening')
})

t.test(
  'a container that ends before it listens fails the start at once, with its last words',
  { skip },
  async (t) => {
    await using scratch = await makeScratch('container')
    const start = startListener(scratch.path, { command: ['sh', '-c', 'echo no such option >&2; exit 2'] })
    await t.rejects(start, {
      code: 'ERR_CONTAINER_START',
      message: 'the test-listener container ended with exit code 2: no such option',
    })
    t.strictSame(await ours(), [])
  },
)

t.test('an aborted start leaves no container', { skip }, async (t) => {
  await using scratch = await makeScratch('container')
  const abort = new AbortController()
  const start = startListener(scratch.path, { command: ['sleep', '60'], signal: abort.signal })
  while ((await ours()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  abort.abort()
  await t.rejects(start, { code: 'ERR_CONTAINER_START', message: /aborted/ })
  t.strictSame(await ours(), [])
})

t.test('an image that cannot be built is told', { skip }, async (t) => {
  await using scratch = await makeScratch('container')
  await scratch.write('Dockerfile', 'ARG BASE=debian:bookworm-slim\nFROM ${BASE}\nCOPY no-such-file /\n')
  await t.rejects(startListener(scratch.path, { name: 'test-broken', context: scratch.path }), {
    code: 'ERR_CONTAINER_BUILD',
    where: scratch.path,
  })
})

t.test('cleaning up removes containers', { skip }, async (t) => {
  const scratch = await makeScratch('container')
  await startListener(scratch.path)
  await cleanUp()
  t.strictSame(await ours(), [])
})

t.test('a process that just exits removes its containers', { skip }, async (t) => {
  await using scratch = await makeScratch('container')
  const script = `
    const { startContainer } = await import(${JSON.stringify(new URL('./container.ts', import.meta.url).href)})
    const { id } = await startContainer({
      name: 'test-listener',
      context: ${JSON.stringify(context)},
      directory: { host: ${JSON.stringify(scratch.path)}, container: '/shared' },
      ports: [8000],
      signal: AbortSignal.timeout(60_000),
    })
    console.log(id)
    process.exit(5)
  `
  const args = [...process.execArgv, '--input-type=module', '-e', script]
  const run = await runProgram({ command: process.execPath, args, signal: soon() })
  t.equal(run.exitCode, 5, run.stderr)
  t.match(await docker('inspect', run.stdout.trim()), /No such object/)
})

/** The containers of this process. */
async function ours(): Promise<readonly string[]> {
  const listed = await docker('ps', '--all', '--quiet', '--filter', `label=countersign=${process.pid}`)
  return listed.split('\n').filter((id) => id !== '')
}

async function publishedOn(id: string): Promise<readonly string[]> {
  const format = '{{range .NetworkSettings.Ports}}{{range .}}{{.HostIp}} {{end}}{{end}}'
  return (await docker('inspect', '--format', format, id)).trim().split(/\s+/)
}

async function docker(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runProgram({ command: 'docker', args, signal: soon() })
  return `${stdout}${stderr}`
}

function greeting(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.once('end', () => resolve(text))
    socket.once('error', reject)
  })
}
