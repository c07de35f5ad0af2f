import { chmod } from 'node:fs/promises'
import { basename } from 'node:path'
import t from 'tap'
import { findProgram, programOutput } from './program.ts'
import { packageRoot } from './package-root.ts'
import { makeScratch } from './scratch.ts'

t.test('finds a program on PATH', async (t) => {
  t.match(await findProgram('sh'), /\/sh$/)
})

t.test('finds a program by its path', async (t) => {
  t.equal(await findProgram(process.execPath), process.execPath)
})

t.test('knows what is not there', async (t) => {
  t.equal(await findProgram('no-such-program'), null)
  t.equal(await findProgram('/no/such/program'), null)
})

t.test('neither a folder nor a file without the right to run it is a program', async (t) => {
  await using scratch = await makeScratch('test')
  t.equal(await findProgram(scratch.path), null)
  const path = await scratch.write('tool', '#!/bin/sh\necho version 1; echo on stderr >&2\n')
  t.equal(await findProgram(path), null)
  await chmod(path, 0o700)
  t.equal(await findProgram(path), path)
})

t.test('reads what a program says on either output', async (t) => {
  t.equal(
    await programOutput('/bin/sh', ['-c', 'echo version 1; echo on stderr >&2']),
    'version 1\non stderr',
  )
})

t.test('the package root has the package.json', async (t) => {
  const { default: description } = (await import(`${packageRoot()}/package.json`, {
    with: { type: 'json' },
  })) as { default: { name: string } }
  t.equal(description.name, 'countersign')
  t.not(basename(packageRoot()), 'dist')
})
