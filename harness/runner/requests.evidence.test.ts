/** What such cells leave for people, what s_client says of them, and what a browser's offer rests on. Over real TLS. */
import t from 'tap'
import { node } from '../clients/node.ts'
import { openssl } from '../clients/openssl.ts'
import type { Client } from '../model/client.ts'
import type { Offers } from './browser.ts'
import { evidenceText } from './evidence.ts'
import { askingServer, welcome } from './testdata/asking-server.ts'
import { about, browser, late, refusedAs403 } from './testdata/own-scenario.ts'
import { tryOut } from './testdata/trial.ts'

t.test('evidence and ladder show both handshakes', async (t) => {
  const texts: string[] = []
  const { backend } = askingServer(late)
  const { cells } = await tryOut(t, {
    ...{ servers: [backend], tls: '1.2', scenarios: [about('correct', welcome)] },
    evidence: {
      write: async (...evidence) => {
        texts.push(evidenceText(...evidence))
        return 'kept'
      },
    },
  })
  const labels = cells[0]?.ladder.map(({ from, label }) => `${from} ${label}`) ?? []
  t.equal(labels.filter((label) => label === 'client ClientHello').length, 2)
  const second = labels.slice(labels.indexOf('server HelloRequest'))
  for (const label of ['server CertificateRequest', 'client Certificate', 'client CertificateVerify']) {
    t.ok(second.includes(label), label)
  }
  t.match(texts[0], /^<- \* hello_request$/m)
  t.match(texts[0], /^<- \* certificate_request .*names "CN=/m)
  t.match(texts[0], /^-> \* certificate {10}chain of 1/m)
  t.equal(texts[0]?.match(/^CLIENT_RANDOM /gm)?.length, 2)
  t.notMatch(texts[0], /problem|opaque/)
})

t.test('evidence and ladder of what went in the clear', async (t) => {
  const { backend } = askingServer({ when: 'handshake', http: true })
  const changes = { expect: { refused: 'tls-required' }, request: { scheme: 'http', path: '/app/' } } as const
  const { cells } = await tryOut(t, {
    ...{ servers: [backend], tls: '1.2', scenarios: [about('missing', refusedAs403, changes)] },
  })
  t.match(cells[0]?.ladder, [
    { from: 'client', encrypted: false, label: 'application data', detail: /^GET \/app\/\?cell=/ },
    { from: 'server', encrypted: false, label: 'application data', detail: /^HTTP\/1\.1 403 Any / },
  ])
})

const probed = await openssl.probe()

t.test(
  's_client is asked late, and does not contradict the dissector',
  { skip: probed.available ? false : probed.reason },
  async (t) => {
    for (const own of [about('correct', welcome), about('missing', refusedAs403)]) {
      const { backend } = askingServer(late)
      const options = { servers: [backend], tls: '1.2', scenarios: [own], client: openssl } as const
      const { cells } = await tryOut(t, options)
      t.equal(cells[0]?.outcome, 'pass', cells[0]?.reason ?? 'no reason')
    }
  },
)

t.test('a browser whose first connection shows nothing is an error', async (t) => {
  const { backend } = askingServer({ when: 'handshake' })
  const { cells } = await tryOut(t, {
    ...{ servers: [backend], tls: '1.2', scenarios: [about('correct', welcome, browser)] },
    client: losing('nothing'),
  })
  t.match(cells[0], {
    outcome: 'error',
    reason:
      'ERR_FIRST_CONNECTION: the connection without a certificate, which a browser makes first: no answer within 5000 ms',
  })
})

t.test('the rules of the offer are given what was asked for, and believed', async (t) => {
  const asked: Parameters<Offers>[] = []
  const offers: Offers = (...args) => {
    asked.push(args)
    return { offered: false, because: 'a whim' }
  }
  const { backend } = askingServer(late)
  const answer = { ...refusedAs403, withheldBecause: 'a whim' }
  const own = about('correct', answer, { ...browser, expect: { refused: 'missing' } })
  const { cells } = await tryOut(t, { servers: [backend], tls: '1.2', scenarios: [own], offers })
  t.match(cells[0], { outcome: 'pass', observed: { clientCertificate: { withheldBecause: 'a whim' } } })
  const [[identity, request, nowMs] = []] = asked
  t.equal(asked.length, 1)
  t.equal(identity?.name, 'correct')
  t.equal(request?.authorities.length, 1)
  t.ok(request?.signatureSchemes.includes('rsa_pss_rsae_sha256'))
  t.ok(Math.abs(Date.now() - (nowMs ?? 0)) < 60_000)
})

/** The node client, but connections with this identity pass their deadline. */
function losing(identity: string): Client {
  return {
    ...node,
    async open(directory) {
      const client = await node.open(directory)
      return {
        ...client,
        async connect(request) {
          const report = await client.connect(request)
          return request.identity.name === identity ? { ...report, closedBy: 'timeout' } : report
        },
      }
    },
  }
}
