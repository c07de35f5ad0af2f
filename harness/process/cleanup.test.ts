import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { startChild } from './child.ts'
import { atExit, cleanUp } from './cleanup.ts'
import { childrenOf, isRunning } from './testdata/processes.ts'
import { runProgram } from './run-program.ts'
import { makeScratch } from './scratch.ts'

t.test('cleaning up ends programs and removes directories', async (t) => {
  const scratch = await makeScratch('test')
  const child = await startChild({ command: 'sleep', args: ['60'] })
  const run = runProgram({ command: 'sleep', args: ['60'], signal: new AbortController().signal })
  do await new Promise((resolve) => setTimeout(resolve, 5))
  while ((await childrenNamed('sleep')) < 2)
  await cleanUp()
  t.notOk(existsSync(scratch.path))
  t.notOk(await isRunning(child.pid))
  t.match(await run, { signal: 'SIGTERM', aborted: false })
  await cleanUp()
})

t.test('each resource is disposed of once, programs before directories', async (t) => {
  const calls: string[] = []
  const record = (name: string) => async () => void calls.push(name)
  const abandon = () => t.fail('the process has not ended')
  atExit({ name: 'directory', kind: 'directory', dispose: record('directory'), abandon })
  const dispose = atExit({ name: 'program', kind: 'program', dispose: record('program'), abandon })
  await Promise.all([dispose(), cleanUp(), cleanUp()])
  t.strictSame(calls, ['program', 'directory'])
})

t.test('what could not be removed is named, and the rest is removed all the same', async (t) => {
  let removed = false
  atExit({
    name: 'container abc',
    kind: 'program',
    dispose: () => Promise.reject(new Error('engine gone')),
    abandon: () => undefined,
  })
  atExit({
    name: 'directory',
    kind: 'directory',
    dispose: async () => void (removed = true),
    abandon: () => undefined,
  })
  await t.rejects(cleanUp(), {
    code: 'ERR_CLEAN_UP',
    message: 'could not remove container abc: engine gone',
  })
  t.ok(removed)
})

const ends = [
  { how: 'exits', statement: 'process.exit(4)', status: { exitCode: 4 } },
  { how: 'throws', statement: 'throw new Error("broken")', status: { exitCode: 1 } },
] as const

for (const { how, statement, status } of ends) {
  t.test(`a process that ${how} leaves no program and no directory behind`, async (t) => {
    const here = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)))
    const script = `
      const { startChild } = await import(${here('./child.ts')})
      const { makeScratch } = await import(${here('./scratch.ts')})
      const scratch = await makeScratch('left')
      const child = await startChild({ command: '/bin/sh', args: ['-c', 'trap "" TERM; sleep 60 & echo $!; wait'] })
      while (child.lastWords() === '') await new Promise((resolve) => setTimeout(resolve, 5))
      console.log(JSON.stringify({ path: scratch.path, leader: child.pid, worker: Number(child.lastWords()) }))
      setTimeout(() => { ${statement} }, 0)
    `
    const run = await runProgram({
      command: process.execPath,
      args: [...process.execArgv, '--input-type=module', '-e', script],
      signal: AbortSignal.timeout(20_000),
    })
    t.match(run, status, run.stderr)
    const left = JSON.parse(run.stdout) as { path: string; leader: number; worker: number }
    t.notOk(existsSync(left.path))
    t.notOk(await isRunning(left.leader))
    t.notOk(await isRunning(left.worker))
  })
}

async function childrenNamed(name: string): Promise<number> {
  return (await childrenOf(process.pid)).filter((child) => child.name === name).length
}
