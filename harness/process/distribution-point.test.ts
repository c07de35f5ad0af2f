import { X509Certificate } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { crlPath } from '../model/crl-location.ts'
import type { Pki } from '../model/identity.ts'
import { decodePem } from '../pki/encode.ts'
import { issuePki } from '../pki/issue.ts'
import { openDistributionPoint, serveCrls } from './distribution-point.ts'

const now = Date.now()
const few = identities.filter(({ name }) => ['with-crl', 'crl-stale', 'revoked'].includes(name))
const issue = (distributionPoint: string) =>
  issuePki({ authorities, server, identities: few }, { now, distributionPoint })

async function bytesAt(url: string): Promise<string> {
  const response = await fetch(url)
  return response.ok ? Buffer.from(await response.arrayBuffer()).toString('hex') : String(response.status)
}

const hexOf = (pem: string) => Buffer.from(decodePem('X509 CRL', pem)[0]!).toString('hex')

t.test('the CRLs are where the certificates say', async (t) => {
  await using point = await openDistributionPoint()
  const pki = await issue(point.url)
  point.publish(pki)
  const { crlPem, staleCrlPem } = pki.authorities['root-a']
  const named = { 'with-crl': crlPem, revoked: crlPem, 'crl-stale': staleCrlPem }
  for (const [name, pem] of Object.entries(named)) {
    t.equal(await bytesAt(urlIn(pki, name)), hexOf(pem), name)
  }
})

t.test('every authority has both of its CRLs there, as one DER value of the right type', async (t) => {
  await using point = await openDistributionPoint()
  const pki = await issue(point.url)
  point.publish(pki)
  for (const { name, crlPem, staleCrlPem } of Object.values(pki.authorities)) {
    t.equal(await bytesAt(point.url + crlPath(name, 'current')), hexOf(crlPem), name)
    t.equal(await bytesAt(point.url + crlPath(name, 'stale')), hexOf(staleCrlPem), name)
  }
  const response = await fetch(`${point.url}/root-a.crl`)
  t.equal(response.headers.get('content-type'), 'application/pkix-crl')
})

t.test('nothing else is there', async (t) => {
  await using point = await openDistributionPoint()
  t.equal(await bytesAt(`${point.url}/root-a.crl`), '404', 'before anything is published')
  point.publish(await issue(point.url))
  for (const path of ['/', '/root-a', '/stale/', '/nobody.crl', '/root-a.crl/', '/__proto__']) {
    t.equal(await bytesAt(point.url + path), '404', path)
  }
  // Without fetch, which would tidy the paths up.
  for (const path of ['/stale/../root-a.crl', '//root-a.crl', '*']) {
    t.equal(await statusOf(point.url, path), 404, path)
  }
  t.equal((await fetch(`${point.url}/root-a.crl`, { method: 'POST', body: 'x' })).status, 404)
})

t.test('publishing again replaces what was there', async (t) => {
  await using point = await openDistributionPoint()
  point.publish(await issue(point.url))
  const again = await issue(point.url)
  point.publish(again)
  t.equal(await bytesAt(`${point.url}/root-a.crl`), hexOf(again.authorities['root-a'].crlPem))
})

t.test('CRLs of certificates that exist already are served at the URL that they name', async (t) => {
  const point = await openDistributionPoint()
  const pki = await issue(point.url)
  await point[Symbol.asyncDispose]()
  await using served = await serveCrls({ pki })
  t.equal(served.url, pki.distributionPoint)
  t.equal(await bytesAt(urlIn(pki, 'with-crl')), hexOf(pki.authorities['root-a'].crlPem))
})

t.test('the port can be another than the one that certificates name', async (t) => {
  const pki = await issue('http://crl.countersign.test')
  await using served = await serveCrls({ pki, host: '127.0.0.1', port: 0 })
  t.match(served.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  t.equal(await bytesAt(`${served.url}/root-a.crl`), hexOf(pki.authorities['root-a'].crlPem))
})

t.test('certificates that name no place that can be served are refused', async (t) => {
  for (const pki of [
    await issuePki({ authorities, server, identities: [] }, { now }),
    await issue('nowhere'),
  ]) {
    await t.rejects(serveCrls({ pki }), { code: 'ERR_DISTRIBUTION_POINT', message: /nobody can serve/ })
  }
})

t.test('a port that is taken is an error that names it', async (t) => {
  await using first = await openDistributionPoint()
  const port = Number(new URL(first.url).port)
  await t.rejects(openDistributionPoint({ port }), {
    code: 'ERR_DISTRIBUTION_POINT',
    message: /EADDRINUSE/,
    where: `127.0.0.1, port ${port}`,
    hint: /with the same certificates\?\), or issue with another distribution point/,
  })
})

t.test("an address that is not this machine's is an error of its own", async (t) => {
  // RFC 5737: for documentation only, so no machine has it.
  await t.rejects(openDistributionPoint({ host: '192.0.2.1' }), {
    code: 'ERR_DISTRIBUTION_POINT_ELSEWHERE',
    where: '192.0.2.1, port 0',
  })
})

t.test('it closes at once, whoever is still connected, and may be closed twice', async (t) => {
  const point = await openDistributionPoint()
  const socket = connect(Number(new URL(point.url).port), '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  socket.write('GET /root-a.crl HTTP/1.1\r\n')
  // Answered, so both connections are known to the server.
  t.equal(await bytesAt(`${point.url}/`), '404')
  await Promise.all([point[Symbol.asyncDispose](), point[Symbol.asyncDispose](), closed])
  await t.rejects(fetch(point.url))
})

/** The one URI of cRLDistributionPoints, which stands in the certificate as text. */
function urlIn(pki: Pki, name: string): string {
  const der = new X509Certificate(pki.identities.get(name)!.chain[0]!.der).raw.toString('latin1')
  return /http:\/\/[!-~]+?\.crl/.exec(der)?.[0] ?? 'no URL'
}

function statusOf(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { path }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end()
  })
}
