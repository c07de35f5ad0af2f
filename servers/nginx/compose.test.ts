/**
 * compose.conf is what configuration.ts makes for docker-compose.yml, with the folder that `countersign issue` writes.
 * `UPDATE_GOLDEN=1` writes it anew.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { everyAuthority } from '../../harness/pki/every-authority.ts'
import { authorityFiles, identityFiles } from '../../harness/pki/folder-layout.ts'
import { issuePki } from '../../harness/pki/issue.ts'
import { packageRoot } from '../../harness/process/package-root.ts'
import { findProgram } from '../../harness/process/program.ts'
import { runProgram } from '../../harness/process/run-program.ts'
import { makeScratch } from '../../harness/process/scratch.ts'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { configuration } from './configuration.ts'
import { nginx } from './index.ts'

const FIRST_PORT = 8440
const path = join(packageRoot(), 'servers', 'nginx', 'compose.conf')
const { chain, key } = identityFiles('server')
const inPki = (file: string) => `pki/${file}`

const text = configuration(
  nginx.policies.map(({ policy }, index) => ({ policy, address: '*', port: FIRST_PORT + index })),
  {
    certificate: inPki(chain),
    key: inPki(key),
    authorities: everyAuthority((name) => inPki(authorityFiles[name].certificate)),
    accessLog: '/dev/stdout',
    errorLog: 'stderr',
  },
)
if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(path, text)

t.test('compose.conf is up to date', async (t) => {
  t.equal(await readFile(path, 'utf8'), text)
})

t.test('docker-compose.yml publishes a port for each policy, on 127.0.0.1', async (t) => {
  const compose = await readFile(join(packageRoot(), 'docker-compose.yml'), 'utf8')
  const last = FIRST_PORT + nginx.policies.length - 1
  t.match(compose, `'127.0.0.1:${FIRST_PORT}-${last}:${FIRST_PORT}-${last}'`)
})

const program = await findProgram('nginx')
t.test('nginx takes compose.conf', { skip: program === null && 'nginx was not found' }, async (t) => {
  await using scratch = await makeScratch('compose')
  const pki = await issuePki({ authorities, server, identities }, { now: Date.now() })
  await scratch.write('nginx.conf', text)
  await scratch.write(inPki(chain), pki.server.chainPem)
  await scratch.write(inPki(key), pki.server.keyPem!)
  for (const { name, certificate } of Object.values(pki.authorities)) {
    await scratch.write(inPki(authorityFiles[name].certificate), certificate.pem)
  }
  // Through a shell: /dev/stdout can be opened again when it is a file or a pipe, but Node gives a socket.
  const args = ['-c', '"$0" "$@" >/dev/null', program!, '-t', '-p', `${scratch.path}/`, '-c', 'nginx.conf']
  const run = await runProgram({ command: '/bin/sh', args, signal: AbortSignal.timeout(10_000) })
  t.equal(run.exitCode, 0, run.stderr)
})
