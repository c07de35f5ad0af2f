import t from 'tap'
import { HarnessError } from '../model/errors.ts'
import { isRunning } from './testdata/processes.ts'
import { runProgram, type RunOptions } from './run-program.ts'

const never = new AbortController().signal
const shell = (script: string, options: Partial<RunOptions> = {}) =>
  runProgram({ command: '/bin/sh', args: ['-c', script], signal: never, ...options })

const cases: readonly {
  readonly name: string
  readonly script: string
  readonly options?: Partial<RunOptions>
  readonly expected: Partial<Awaited<ReturnType<typeof runProgram>>>
}[] = [
  {
    name: 'what a program writes and exits with is a result',
    script: 'echo out; echo err >&2; exit 3',
    expected: { exitCode: 3, signal: null, stdout: 'out\n', stderr: 'err\n', aborted: false },
  },
  {
    name: 'a signal that ends it is a result',
    script: 'kill -USR1 $$',
    expected: { exitCode: null, signal: 'SIGUSR1', aborted: false },
  },
  {
    name: 'input reaches it',
    script: 'cat',
    options: { input: 'to be read' },
    expected: { exitCode: 0, stdout: 'to be read' },
  },
  {
    name: 'input that it never reads is no error',
    script: 'exit 0',
    options: { input: 'x'.repeat(1_000_000) },
    expected: { exitCode: 0 },
  },
  {
    name: 'without input it reads an empty one',
    script: 'cat; echo end',
    expected: { stdout: 'end\n' },
  },
  {
    name: 'output beyond the bound is dropped, and the program is not stopped by it',
    script: 'head -c 1000000 /dev/zero | tr "\\0" a; echo done >&2',
    options: { maxOutputBytes: 5 },
    expected: { exitCode: 0, stdout: 'aaaaa', stderr: 'done\n' },
  },
  {
    name: 'the environment is added to',
    script: 'echo "$COLOUR${PATH:+ and PATH}"',
    options: { env: { COLOUR: 'red' } },
    expected: { stdout: 'red and PATH\n' },
  },
  {
    name: 'it runs in the folder that is given',
    script: 'pwd',
    options: { cwd: '/' },
    expected: { stdout: '/\n' },
  },
]

for (const { name, script, options, expected } of cases) {
  t.test(name, async (t) => t.match(await shell(script, options), expected))
}

t.test('a program that does not exist is named', async (t) => {
  const run = runProgram({ command: 'no-such-program', args: [], signal: never })
  await t.rejects(run, {
    code: 'ERR_PROGRAM_MISSING',
    message: 'no-such-program was not found',
    hint: 'install no-such-program, or put it on PATH',
  })
  await t.rejects(run, HarnessError)
})

t.test('an existing program in a missing folder is not called missing', async (t) => {
  await t.rejects(shell('true', { cwd: '/no/such/folder' }), { code: 'ERR_PROGRAM_START' })
})

t.test('the abort ends it, and what it said so far stays', async (t) => {
  const abort = new AbortController()
  const run = shell('echo started; exec sleep 60', { signal: abort.signal })
  setTimeout(() => abort.abort(), 100)
  t.match(await run, { aborted: true, signal: 'SIGTERM', stdout: 'started\n' })
})

t.test('the abort ends a program that ignores SIGTERM, and its children', async (t) => {
  const abort = new AbortController()
  const run = shell('trap "" TERM; sleep 60 & echo $!; wait', { signal: abort.signal })
  setTimeout(() => abort.abort(), 100)
  const { aborted, signal, stdout } = await run
  t.match({ aborted, signal }, { aborted: true, signal: 'SIGKILL' })
  t.notOk(await isRunning(Number(stdout)))
})

t.test('an abort that came before runs nothing', async (t) => {
  t.match(await shell('echo no', { signal: AbortSignal.abort() }), { aborted: true, stdout: '' })
})
