import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { integer } from '../../../harness/pki/asn1.ts'
import { sslCertDefaults } from '../http-sys/ssl-cert.ts'
import type { Chain } from './chain.ts'
import { RevocationChecker } from './revocation-checker.ts'
import type { RevocationSettings } from './revocation-checker.ts'
import type { RevocationStatus } from './revocation-status.ts'
import { distributionPoint } from './testdata/distribution-point.ts'
import { crlOf, DAY_MS, extension, issue, pemOf } from './testdata/test-pki.ts'
import type { Issued } from './testdata/test-pki.ts'

const server = await distributionPoint()
t.teardown(() => server[Symbol.asyncDispose]())

const root = issue({ cn: 'root', ca: true })
const otherRoot = issue({ cn: 'other root', ca: true })
const namesake = issue({ cn: 'root', ca: true })
const settings: RevocationSettings = { ...sslCertDefaults, urlretrievaltimeout: 5000 }
const cachedOnly: RevocationSettings = { ...settings, verifyrevocationwithcachedclientcertonly: true }

const chainOf = (...elements: readonly Issued[]): Chain => ({
  elements: elements.map(({ certificate }) => certificate),
  end: 'trusted-root',
  signaturesHold: true,
})

let places = 0
/** A client of the root, and the path of a list of its own. */
function client(): { readonly issued: Issued; readonly path: string; readonly chain: Chain } {
  const path = `/${++places}.crl`
  const issued = issue({ cn: 'client', by: root, crl: [server.url(path)] })
  return { issued, path, chain: chainOf(issued, root) }
}

const lists: readonly {
  readonly name: string
  readonly list: (client: Issued) => Buffer | string
  readonly status: RevocationStatus
}[] = [
  { name: 'a list without it', list: () => crlOf({ by: root }), status: 'good' },
  { name: 'a list with another', list: () => crlOf({ by: root, revoked: [namesake] }), status: 'good' },
  { name: 'a list with it', list: (it) => crlOf({ by: root, revoked: [namesake, it] }), status: 'revoked' },
  { name: 'the same as PEM', list: (it) => pemOf(crlOf({ by: root, revoked: [it] })), status: 'revoked' },
  { name: 'PEM without it', list: () => pemOf(crlOf({ by: root })), status: 'good' },
  { name: 'a stale list', list: () => crlOf({ by: root, days: [-2, -1] }), status: 'offline' },
  {
    name: 'a stale list with it',
    list: (it) => crlOf({ by: root, days: [-2, -1], revoked: [it] }),
    status: 'offline',
  },
  { name: 'a list from tomorrow', list: () => crlOf({ by: root, days: [1, 2] }), status: 'offline' },
  { name: 'a list without nextUpdate', list: () => crlOf({ by: root, days: [-1, null] }), status: 'good' },
  { name: 'garbage', list: () => 'certainly no list', status: 'offline' },
  { name: 'nothing', list: () => '', status: 'offline' },
  { name: 'a list that is cut short', list: () => crlOf({ by: root }).subarray(0, -1), status: 'offline' },
  { name: "another issuer's list", list: () => crlOf({ by: otherRoot }), status: 'offline' },
  {
    name: "a list in another name, signed with the issuer's key",
    list: () => crlOf({ by: issue({ cn: 'renamed', ca: true, keysOf: root }) }),
    status: 'offline',
  },
  { name: 'a list that another key signed', list: () => crlOf({ by: namesake }), status: 'offline' },
  {
    name: 'a delta list',
    list: () => crlOf({ by: root, extensions: [extension('2.5.29.27', integer(1), true)] }),
    status: 'offline',
  },
  {
    name: 'a list with a critical extension that nobody knows',
    list: () => crlOf({ by: root, extensions: [extension('1.2.3', integer(1), true)] }),
    status: 'offline',
  },
  {
    name: 'a list with another extension that nobody knows',
    list: () => crlOf({ by: root, extensions: [extension('1.2.3', integer(1))] }),
    status: 'good',
  },
]

for (const { name, list, status } of lists) {
  t.test(`${name}: ${status}`, async (t) => {
    using checker = new RevocationChecker()
    const { issued, path, chain } = client()
    server.serve(path, list(issued))
    t.equal(await checker.check(chain, settings), status)
    t.equal(
      await checker.check(chain, { ...settings, verifyclientcertrevocation: false }),
      'good',
      'not checked at all',
    )
  })
}

t.test('a serial number with its first bit set is found', async (t) => {
  using checker = new RevocationChecker()
  const serialNumber = Uint8Array.of(0x00, 0x8f, 0x01)
  const issued = issue({ cn: 'client', by: root, crl: [server.url('/first-bit.crl')], serialNumber })
  server.serve('/first-bit.crl', crlOf({ by: root, revoked: [issued] }))
  t.equal(await checker.check(chainOf(issued, root), settings), 'revoked')
})

t.test('a revoked intermediate is found, and so is one without list', async (t) => {
  using checker = new RevocationChecker()
  const intermediate = issue({
    cn: 'intermediate',
    by: root,
    ca: true,
    crl: [server.url('/intermediate.crl')],
  })
  const issued = issue({ cn: 'client', by: intermediate, crl: [server.url('/client.crl')] })
  const chain = chainOf(issued, intermediate, root)
  server.serve('/client.crl', crlOf({ by: intermediate }))
  let now = Date.now()
  using another = new RevocationChecker({ now: () => now })
  t.equal(await another.check(chain, settings), 'offline')
  now += 1000
  server.serve('/intermediate.crl', crlOf({ by: root }))
  t.equal(await another.check(chain, settings), 'good')
  server.serve('/intermediate.crl', crlOf({ by: root, revoked: [intermediate] }))
  t.equal(await checker.check(chain, settings), 'revoked')
})

t.test('revoked is worse than offline', async (t) => {
  using checker = new RevocationChecker()
  const intermediate = issue({ cn: 'intermediate', by: root, ca: true, crl: [server.url('/nowhere.crl')] })
  const issued = issue({ cn: 'client', by: intermediate, crl: [server.url('/revoked.crl')] })
  server.serve('/revoked.crl', crlOf({ by: intermediate, revoked: [issued] }))
  t.equal(await checker.check(chainOf(issued, intermediate, root), settings), 'revoked')
})

const placesToAsk: readonly {
  readonly name: string
  readonly urls: readonly string[]
  readonly status: RevocationStatus
}[] = [
  { name: 'no place at all', urls: [], status: 'nowhere-to-ask' },
  { name: 'a place that is not there', urls: [server.url('/missing')], status: 'offline' },
  { name: 'an LDAP directory only', urls: ['ldap:///CN=root'], status: 'offline' },
  { name: 'a file', urls: ['file:///etc/hostname'], status: 'offline' },
  { name: 'HTTPS', urls: [server.url('/list').replace('http:', 'https:')], status: 'offline' },
  { name: 'no URL', urls: ['http://[', ''], status: 'offline' },
  { name: 'an LDAP directory, then HTTP', urls: ['ldap:///CN=root', server.url('/list')], status: 'good' },
  {
    name: 'a place that is not there, then HTTP',
    urls: [server.url('/missing'), server.url('/list')],
    status: 'good',
  },
  { name: 'a redirection', urls: [server.url('/moved')], status: 'offline' },
]

server.serve('/list', crlOf({ by: root }))
server.serve('/moved', (response) => response.writeHead(302, { Location: server.url('/list') }).end())

for (const { name, urls, status } of placesToAsk) {
  t.test(`${name}: ${status}`, async (t) => {
    using checker = new RevocationChecker()
    const issued = issue({ cn: 'client', by: root, crl: urls })
    t.equal(await checker.check(chainOf(issued, root), settings), status)
  })
}

t.test('a port where nobody listens: offline', async (t) => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  using checker = new RevocationChecker()
  const issued = issue({ cn: 'client', by: root, crl: [`http://127.0.0.1:${port}/`] })
  t.equal(await checker.check(chainOf(issued, root), settings), 'offline')
})

t.test('a certificate cannot send the server anywhere unless a trusted chain vouches for it', async (t) => {
  using checker = new RevocationChecker()
  const { issued, path, chain } = client()
  server.serve(path, crlOf({ by: root, revoked: [issued] }))
  t.equal(await checker.check({ ...chain, end: 'untrusted-root' }, settings), 'good')
  t.equal(await checker.check({ ...chain, end: 'partial' }, settings), 'good')
  t.equal(await checker.check({ ...chain, signaturesHold: false }, settings), 'good')
  const noCa = issue({ cn: 'client', by: root })
  const byNoCa = issue({ cn: 'anywhere', by: noCa, crl: [server.url(path)] })
  t.equal(await checker.check(chainOf(byNoCa, noCa, root), settings), 'good')
  t.notOk(server.asked.includes(path))
  t.equal(await checker.check(chain, settings), 'revoked')
  t.ok(server.asked.includes(path))
})

t.test('the root itself is not asked about', async (t) => {
  using checker = new RevocationChecker()
  const own = issue({ cn: 'root with a place', ca: true, crl: [server.url('/of-root')] })
  t.equal(await checker.check(chainOf(own), settings), 'good')
  t.notOk(server.asked.includes('/of-root'))
})

const slow = (list: Buffer) => (response: ServerResponse) => {
  const timer = setTimeout(() => response.end(list), 600)
  response.on('close', () => clearTimeout(timer))
}

t.test('a list that comes too late: offline, and good with more patience', async (t) => {
  const { path, chain } = client()
  server.serve(path, slow(crlOf({ by: root })))
  using hurried = new RevocationChecker()
  t.equal(await hurried.check(chain, { ...settings, urlretrievaltimeout: 200 }), 'offline')
  using patient = new RevocationChecker()
  t.equal(await patient.check(chain, settings), 'good')
})

const sizes = [
  { bytes: 15_000_000, status: 'good' },
  { bytes: 17_000_000, status: 'offline' },
] as const

for (const { bytes, status } of sizes) {
  t.test(`a list of ${bytes} bytes: ${status}`, async (t) => {
    using checker = new RevocationChecker()
    const { path, chain } = client()
    server.serve(path, crlOf({ by: root, extensions: [extension('1.2.3', Buffer.alloc(bytes))] }))
    t.equal(await checker.check(chain, { ...settings, urlretrievaltimeout: 60_000 }), status)
  })
}

t.test('with cached data only nothing is fetched', async (t) => {
  const { issued, path, chain } = client()
  const url = server.url(path)
  server.serve(path, crlOf({ by: root }))
  const cases = [
    { name: 'nothing', cached: null, status: 'offline' },
    { name: 'good', cached: crlOf({ by: root }), status: 'good' },
    { name: 'revoked', cached: crlOf({ by: root, revoked: [issued] }), status: 'revoked' },
    { name: 'stale', cached: crlOf({ by: root, days: [-2, -1] }), status: 'offline' },
    { name: 'garbage', cached: Buffer.from('x'), status: 'offline' },
  ] as const
  for (const { name, cached, status } of cases) {
    using checker = new RevocationChecker({ initially: new Map(cached ? [[url, cached]] : []) })
    t.equal(await checker.check(chain, cachedOnly), status, name)
  }
  t.notOk(server.asked.includes(path))
  using online = new RevocationChecker({ initially: new Map([[url, crlOf({ by: root, days: [-2, -1] })]]) })
  t.equal(await online.check(chain, settings), 'good', 'otherwise a stale list is replaced')
})

const timesAsked = (path: string) => server.asked.filter((asked) => asked === path).length

t.test('a list is fetched again when it has expired, or when its freshness time is over', async (t) => {
  let now = Date.now()
  using checker = new RevocationChecker({ now: () => now })
  const { issued, path, chain } = client()
  server.serve(path, crlOf({ by: root }))
  const fresh = { ...settings, revocationfreshnesstime: 60 }
  t.equal(await checker.check(chain, settings), 'good')
  server.serve(path, crlOf({ by: root, revoked: [issued], days: [-1, 3] }))
  now += 59_999
  t.equal(await checker.check(chain, fresh), 'good')
  t.equal(timesAsked(path), 1)
  now += 1
  t.equal(await checker.check(chain, settings), 'good', 'without a freshness time the old list counts')
  t.equal(await checker.check(chain, fresh), 'revoked')
  t.equal(timesAsked(path), 2)
  server.serve(path, 'out of order')
  now += 60_000
  t.equal(await checker.check(chain, fresh), 'revoked', 'the old list counts while nothing newer can be had')
  t.equal(timesAsked(path), 3)
  now += 4 * DAY_MS
  t.equal(await checker.check(chain, settings), 'offline', 'until it has expired')
  t.equal(timesAsked(path), 4)
})

t.test('requests at one time share a download, and a dead place is left alone for a second', async (t) => {
  let now = Date.now()
  using checker = new RevocationChecker({ now: () => now })
  const { path, chain } = client()
  const all = await Promise.all(Array.from({ length: 20 }, () => checker.check(chain, settings)))
  t.strictSame(new Set(all), new Set(['offline']))
  t.equal(timesAsked(path), 1)
  server.serve(path, crlOf({ by: root }))
  now += 999
  t.equal(await checker.check(chain, settings), 'offline')
  t.equal(timesAsked(path), 1)
  now += 1
  t.equal(await checker.check(chain, settings), 'good')
})

t.test('disposing ends a download, and nothing is fetched any more', async (t) => {
  const { path, chain } = client()
  const arrived = new Promise<void>((resolve) => server.serve(path, () => resolve()))
  const checker = new RevocationChecker()
  const checking = checker.check(chain, settings)
  await arrived
  checker[Symbol.dispose]()
  t.equal(await checking, 'offline')
  const other = client()
  server.serve(other.path, crlOf({ by: root }))
  t.equal(await checker.check(other.chain, settings), 'offline')
  t.notOk(server.asked.includes(other.path))
})
