import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { profiles } from '../profiles.ts'
import { SiteLog } from './site-log.ts'
import { parseW3cLog } from './w3c-log.ts'

const profileOf = (name: string) => profiles.find((profile) => profile.name === name)!

const LAST_OF_THE_DAY = Date.UTC(2026, 11, 31, 23, 59, 59, 999)

const entry = {
  endedAt: LAST_OF_THE_DAY,
  durationMs: 1,
  server: { ip: '127.0.0.1', port: 443 },
  clientIp: '127.0.0.1',
  method: 'GET',
  target: '/?cell=1',
  userAgent: undefined,
  referer: undefined,
  username: null,
  status: 200,
  substatus: 0,
  hresult: 0,
} as const

async function openLog(t: Test, name = 'iis-10') {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-iis-log-'))
  const log = new SiteLog({ directory, profile: profileOf(name) })
  t.teardown(async () => {
    log[Symbol.dispose]()
    await rm(directory, { recursive: true })
  })
  return { log, directory }
}

t.test('each UTC day has its own private file with a header', async (t) => {
  const { log, directory } = await openLog(t)
  log.append(entry)
  log.append({ ...entry, endedAt: LAST_OF_THE_DAY + 1 })
  log.append({ ...entry, endedAt: LAST_OF_THE_DAY + 2 })
  const names = await readdir(directory)
  t.strictSame(names.sort(), ['u_ex261231.log', 'u_ex270101.log'])
  for (const [name, lines] of [
    ['u_ex261231.log', 1],
    ['u_ex270101.log', 2],
  ] as const) {
    const text = await readFile(join(directory, name), 'utf8')
    t.match(text, /^#Software: Microsoft Internet Information Services 10.0\r\n/)
    t.equal(parseW3cLog(text).length, lines)
    t.equal((await stat(join(directory, name))).mode & 0o777, 0o600)
  }
})

for (const name of ['iis-5', 'iis-6'] as const) {
  t.test(`${name} names its file without u_, and its lines are found too`, async (t) => {
    const { log, directory } = await openLog(t, name)
    log.append(entry)
    t.strictSame(await readdir(directory), ['ex261231.log'])
    t.equal(log.find('1')?.values.get('sc-status'), '200')
  })
}

t.test('a line is found by the whole value of cell, the newest first', async (t) => {
  const { log } = await openLog(t)
  log.append({ ...entry, target: '/?cell=12', status: 403 })
  log.append({ ...entry, target: '/?cell=1&x=2', status: 200 })
  log.append({ ...entry, target: '/?cell=12', status: 401 })
  log.append({ ...entry, target: '/', userAgent: 'cell=3' })
  log.append({ ...entry, target: '/cell=4' })
  t.equal(log.find('1')?.values.get('sc-status'), '200')
  t.equal(log.find('12')?.values.get('sc-status'), '401')
  t.equal(log.find('2'), null)
  t.equal(log.find('3'), null, 'a header is not the query')
  t.equal(log.find('4'), null, 'nor is the path')
})

t.test('after its end a request that was cut off is not logged', async (t) => {
  const { log, directory } = await openLog(t)
  log.append(entry)
  log[Symbol.dispose]()
  log.append({ ...entry, target: '/?cell=late', endedAt: LAST_OF_THE_DAY + 1 })
  t.equal(log.find('late'), null)
  t.strictSame(await readdir(directory), ['u_ex261231.log'])
})

t.test('a file that cannot be written is an error', async (t) => {
  const log = new SiteLog({ directory: '/dev/null', profile: profileOf('iis-10') })
  t.throws(() => log.append(entry), { code: 'ENOTDIR' })
})
