import { connect } from 'node:net'
import t from 'tap'
import { startChild, type ChildOptions } from './child.ts'
import { isRunning } from './testdata/processes.ts'
import { freePorts } from './port.ts'
import { waitForPort } from './wait.ts'

const soon = () => AbortSignal.timeout(5000)
const startShell = (script: string, options: Partial<ChildOptions> = {}) =>
  startChild({ command: '/bin/sh', args: ['-c', script], ...options })

async function firstLine(child: { lastWords(): string }): Promise<string> {
  while (!child.lastWords().includes('\n')) await new Promise((resolve) => setTimeout(resolve, 5))
  return child.lastWords().split('\n')[0]!
}

t.test('disposing of a child ends it with the stop signal', async (t) => {
  const child = await startShell('exec sleep 60')
  t.ok(await isRunning(child.pid))
  await child[Symbol.asyncDispose]()
  t.strictSame(await child.exited, { exitCode: null, signal: 'SIGTERM' })
  t.notOk(await isRunning(child.pid))
  await child.stop()
})

t.test('the stop signal is the server\u2019s to choose', async (t) => {
  const child = await startShell('trap "echo quit; exit 7" QUIT; echo ready; while :; do sleep 0.02; done', {
    stopSignal: 'SIGQUIT',
  })
  await firstLine(child)
  await child.stop()
  t.strictSame(await child.exited, { exitCode: 7, signal: null })
  t.match(child.lastWords(), /quit/)
})

t.test('a child that ignores the stop signal is killed after the grace, workers included', async (t) => {
  const child = await startShell('trap "" TERM; sleep 60 & echo $!; wait', { graceMs: 50 })
  const worker = Number(await firstLine(child))
  await child.stop()
  t.strictSame(await child.exited, { exitCode: null, signal: 'SIGKILL' })
  t.notOk(await isRunning(worker))
})

t.test('workers die with a leader that dies alone', async (t) => {
  await using child = await startShell('sleep 60 & echo $!; sleep 0.05; kill -KILL $$')
  const worker = Number(await firstLine(child))
  t.strictSame(await child.exited, { exitCode: null, signal: 'SIGKILL' })
  t.notOk(await isRunning(worker))
})

t.test('last words are the bounded end of both outputs', async (t) => {
  await using child = await startShell(
    'head -c 100000 /dev/zero | tr "\\0" a; echo; echo why it failed >&2; exit 1',
  )
  t.strictSame(await child.exited, { exitCode: 1, signal: null })
  t.match(child.lastWords(), /a\nwhy it failed\n$/)
  t.ok(child.lastWords().length <= 8192)
})

t.test('a program that does not exist is named', async (t) => {
  await t.rejects(startChild({ command: 'no-such-server', args: [] }), {
    code: 'ERR_PROGRAM_MISSING',
    message: 'no-such-server was not found',
  })
})

const LISTENER = `
  const port = Number(process.argv[1])
  setTimeout(() => require('node:net').createServer().listen(port, '127.0.0.1'), 100)
`

t.test('a port is waited for, and closed after the child has ended', async (t) => {
  const [port] = await freePorts(1)
  const child = await startChild({ command: process.execPath, args: ['-e', LISTENER, String(port)] })
  await waitForPort({ host: '127.0.0.1', port: port!, signal: soon(), gone: child.exited })
  await child.stop()
  const refused = await new Promise((resolve) => connect(port!, '127.0.0.1').once('error', resolve))
  t.match(refused, { code: 'ECONNREFUSED' })
})

t.test('waiting ends at once when the child is gone', async (t) => {
  const [port] = await freePorts(1)
  await using child = await startShell('exit 1')
  const waiting = waitForPort({
    host: '127.0.0.1',
    port: port!,
    signal: AbortSignal.timeout(60_000),
    gone: child.exited,
  })
  await t.rejects(waiting, { code: 'ERR_START_GONE', where: `127.0.0.1:${port}` })
})

t.test('waiting ends with the deadline', async (t) => {
  const [port] = await freePorts(1)
  const waiting = waitForPort({ host: '127.0.0.1', port: port!, signal: AbortSignal.timeout(50) })
  await t.rejects(waiting, { code: 'ERR_START_TIMEOUT', where: `127.0.0.1:${port}` })
})
