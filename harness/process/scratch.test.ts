import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import t from 'tap'
import { makeScratch } from './scratch.ts'

const permissions = async (path: string) => (await stat(path)).mode & 0o777

t.test('only its owner can look into a scratch directory', async (t) => {
  await using scratch = await makeScratch('nginx')
  const path = await scratch.write('keys/server.key', 'secret')
  t.match(basename(scratch.path), /^countersign-nginx-/)
  t.equal(await readFile(path, 'utf8'), 'secret')
  t.equal(await permissions(scratch.path), 0o700)
  t.equal(await permissions(`${scratch.path}/keys`), 0o700)
  t.equal(await permissions(path), 0o600)
})

t.test('a scratch directory goes with everything in it', async (t) => {
  const scratch = await makeScratch('test')
  await scratch.write('a/b/c', 'text')
  await scratch[Symbol.asyncDispose]()
  t.notOk(existsSync(scratch.path))
  await scratch[Symbol.asyncDispose]()
})

t.test('nothing is written outside it', async (t) => {
  await using scratch = await makeScratch('test')
  await t.rejects(scratch.write('../outside', 'text'), { code: 'ERR_SCRATCH_PATH' })
})
