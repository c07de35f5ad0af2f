import t from 'tap'
import { serverNamed, serverNames, withoutAlias } from './server-names.ts'

const servers = [
  { name: 'iis-10', aliases: ['iis-10-2022', 'iis'] },
  { name: 'iis-8.5', aliases: [] },
  { name: 'nginx' },
] as const

const selections = [
  { wanted: undefined, names: null },
  { wanted: ['nginx'], names: ['nginx'] },
  { wanted: ['iis-10-2022'], names: ['iis-10'] },
  { wanted: ['nginx', 'iis-10-2022', 'iis', 'iis-10'], names: ['iis-10', 'nginx'] },
  { wanted: ['all'], names: null },
  { wanted: ['nginx', 'all'], names: null },
] as const

for (const { wanted, names } of selections) {
  t.test(`--server ${wanted?.join(',') ?? 'not given'}`, async (t) => {
    t.strictSame(serverNames('--server', wanted, servers), names)
  })
}

t.test('an unknown name is refused with those that are known', async (t) => {
  const known = 'known: iis-10, iis-10-2022, iis, iis-8.5, nginx'
  t.throws(() => serverNames('--server', ['nginx', 'apache'], servers), {
    ...{ code: 'ERR_UNKNOWN_NAME', message: /'apache'/, where: '--server', hint: `${known}, all` },
  })
  t.throws(() => serverNames('--server', ['all', 'apache'], servers), { code: 'ERR_UNKNOWN_NAME' })
  t.throws(() => serverNamed('apache', servers), { code: 'ERR_UNKNOWN_NAME', hint: known })
  t.throws(() => serverNamed('all', servers), { code: 'ERR_UNKNOWN_NAME' })
})

t.test('one server, by name or alias', async (t) => {
  t.equal(serverNamed('iis', servers).name, 'iis-10')
  t.equal(serverNamed('iis-8.5', servers).name, 'iis-8.5')
})

t.test('words that are no alias stay', async (t) => {
  t.equal(withoutAlias('iis', servers), 'iis-10')
  t.equal(withoutAlias('container', servers), 'container')
})
