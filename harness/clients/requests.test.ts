/** What a client does beyond a GET of TLS and HTTP/1.1, for every client that says it can. */
import t, { type Test } from 'tap'
import { authorities, identities, server as serverSpec } from '../../scenarios/identities/index.ts'
import { flowOf } from '../model/capture.ts'
import type { ClientReport, ConnectedClient, RequestSpec } from '../model/client.ts'
import { tlsVersions, type TlsVersion } from '../model/tls.ts'
import { issuePki } from '../pki/issue.ts'
import { makeScratch } from '../process/scratch.ts'
import { dissect } from '../wire/dissect.ts'
import { clients } from './index.ts'
import {
  http2,
  impatient,
  reading,
  renegotiating,
  renegotiatingWithTimeout,
  type SeenRequest,
} from './testdata/special-servers.ts'

const required = (process.env['COUNTERSIGN_REQUIRE'] ?? '').split(/[\s,]+/)
const played = ['correct', 'missing']
const pki = await issuePki(
  { authorities, server: serverSpec, identities: identities.filter(({ name }) => played.includes(name)) },
  { now: Date.now() },
)

const trials: readonly {
  readonly name: string
  readonly needs: string | null
  readonly run: (t: Test, connected: ConnectedClient) => Promise<void>
}[] = [
  { name: 'answers a renegotiation', needs: null, run: answersRenegotiation },
  { name: 'refuses a renegotiation', needs: 'refuse-renegotiation', run: refusesRenegotiation },
  { name: 'ignores a renegotiation', needs: 'ignore-renegotiation', run: ignoresRenegotiation },
  { name: 'sends headers, a method and a body', needs: 'request-body', run: sendsBody },
  {
    name: 'hears an answer that comes before its body is sent',
    needs: 'request-body',
    run: hearsEarlyAnswer,
  },
  { name: 'offers only what it is told', needs: 'cipher-suites', run: offersCiphers },
  { name: 'speaks in the clear', needs: 'plain-http', run: speaksPlain },
  { name: 'speaks HTTP/2', needs: 'http2', run: speaksHttp2 },
  { name: 'tells how a stream was reset', needs: 'http2', run: tellsReset },
]

for (const client of clients) {
  const probed = await client.probe()
  const isRequired = required.includes(client.name) || required.includes('native')
  const skip = probed.available || isRequired ? false : probed.reason
  await t.test(client.name, { skip }, async (t) => {
    await using scratch = await makeScratch('requests')
    const connected = await client.open(scratch.path)
    for (const { name, needs, run } of trials) {
      const cannot = needs !== null && !client.features.has(needs) && `${client.name} lacks ${needs}`
      await t.test(name, { skip: cannot }, (t) => run(t, connected))
    }
    await connected[Symbol.asyncDispose]()
  })
}

interface Asking {
  readonly port: number
  readonly request?: RequestSpec
  readonly identity?: string
  readonly tls?: TlsVersion
  readonly plain?: true
}

function ask(connected: ConnectedClient, asking: Asking): Promise<ClientReport> {
  const { port, request, identity = 'correct', tls = '1.2', plain } = asking
  const ports = plain ? { port: 1, httpPort: port } : { port }
  return connected.connect({
    endpoint: { host: '127.0.0.1', ...ports, servername: 'localhost' },
    ...{ tls, target: '/a?cell=1', signal: AbortSignal.timeout(20_000) },
    identity: pki.identities.get(identity)!,
    ...(request === undefined ? {} : { request }),
  })
}

/** `client finished`, `server certificate_request`, ... in order; what is not a handshake message by its kind. */
function messagesOf({ segments, keyLog }: ClientReport): readonly string[] {
  const { entries, problems } = dissect(segments, keyLog)
  return [
    ...problems.map(({ code }) => code),
    ...entries.map(({ from, content }) => {
      if (content.kind === 'alert') return `${from} ${content.alert.description}`
      return `${from} ${content.kind === 'handshake' ? content.message.type : content.kind}`
    }),
  ]
}

async function answersRenegotiation(t: Test, connected: ConnectedClient): Promise<void> {
  await using server = await renegotiating(pki)
  for (const [identity, name] of [
    ['correct', 'correct'],
    ['missing', 'none'],
  ] as const) {
    const report = await ask(connected, { port: server.port, identity })
    t.match(report, { http: { status: 200, body: `certificate: ${name}` }, error: null })
    t.equal(report.keyLog.match(/^CLIENT_RANDOM /gm)?.length, 2, 'both handshakes are in the key log')
    const seen = messagesOf(report)
    const middle = seen.indexOf('server hello_request')
    t.ok(middle > seen.indexOf('client finished'), 'asked after the first handshake')
    const second = seen.slice(middle)
    for (const message of [
      'client client_hello',
      'server certificate_request',
      'client certificate',
      'client finished',
      'server finished',
      'server application_data',
    ]) {
      t.ok(second.includes(message), message)
    }
    t.equal(second.includes('client certificate_verify'), identity === 'correct')
    t.notOk(
      seen.some((each) => each.startsWith('ERR_') || each.endsWith('opaque')),
      'all of it is readable',
    )
  }
}

async function refusesRenegotiation(t: Test, connected: ConnectedClient): Promise<void> {
  await using server = await renegotiating(pki)
  const report = await ask(connected, { port: server.port, request: { renegotiation: 'refuse' } })
  t.match(report, { http: null, closedBy: /^(fin|rst|client)$/, error: { message: /\S/ } })
  const seen = messagesOf(report)
  t.ok(seen.includes('server hello_request'))
  t.ok(seen.includes('client no_renegotiation'))
  t.notOk(seen.includes('server certificate_request'))
}

async function ignoresRenegotiation(t: Test, connected: ConnectedClient): Promise<void> {
  await using server = await renegotiatingWithTimeout(pki, 300)
  const report = await ask(connected, { port: server.port, request: { renegotiation: 'ignore' } })
  t.match(report, { http: null, closedBy: /^(fin|rst)$/, error: { message: /\S/ } })
  const seen = messagesOf(report)
  t.equal(seen.filter((message) => message === 'client client_hello').length, 1)
  const afterwards = seen.slice(seen.indexOf('server hello_request') + 1)
  t.strictSame(
    afterwards.filter((message) => message.startsWith('client')),
    [],
    'not a word',
  )
  t.strictSame(
    seen.filter((message) => message.startsWith('ERR_')),
    [],
  )
  await using quiet = await reading(pki, [])
  for (const tls of tlsVersions) {
    const unasked = await ask(connected, { port: quiet.port, tls, request: { renegotiation: 'ignore' } })
    t.match(unasked, { http: { status: 200 } }, `nobody renegotiates, TLS ${tls}`)
  }
}

async function sendsBody(t: Test, connected: ConnectedClient): Promise<void> {
  for (const tls of tlsVersions) {
    const seen: SeenRequest[] = []
    await using server = await reading(pki, seen)
    const request = { method: 'POST', bodyBytes: 49_153, headers: { Authorization: 'Basic YTpi' } } as const
    const report = await ask(connected, { port: server.port, tls, request })
    t.equal(report.http?.status, 200, report.error?.message ?? 'answered')
    t.equal(seen[0]?.bodyBytes, 49_153)
    for (const line of [
      /^POST \/a\?cell=1 HTTP\/1\.1\r/,
      /^content-length: 49153\r?$/im,
      /^authorization: Basic YTpi\r?$/im,
    ]) {
      t.match(seen[0]?.head, line)
    }
    await ask(connected, { port: server.port, tls, request: { headers: { 'User-Agent': 'other' } } })
    t.match(seen[1]?.head, /^GET /)
    t.match(seen[1]?.head, /^user-agent: other\r?$/im)
    t.notMatch(seen[1]?.head, /countersign|content-length/i)
  }
}

/** The answer and the reset may come at any moment of the sending, so the race is run more than once. */
async function hearsEarlyAnswer(t: Test, connected: ConnectedClient): Promise<void> {
  for (const tls of tlsVersions) {
    await using server = await impatient(pki)
    for (const bodyBytes of [100_000, 1_000_000, 4_000_000]) {
      const report = await ask(connected, { port: server.port, tls, request: { bodyBytes } })
      t.match(report.http, { status: 413, body: 'too large' }, `${bodyBytes} bytes, TLS ${tls}`)
    }
  }
}

async function offersCiphers(t: Test, connected: ConnectedClient): Promise<void> {
  await using server = await reading(pki, [])
  for (const [tls, cipher, name] of [
    ['1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
    ['1.3', 'TLS_AES_128_GCM_SHA256', 'TLS_AES_128_GCM_SHA256'],
  ] as const) {
    const { segments, keyLog, http } = await ask(connected, {
      port: server.port,
      tls,
      request: { ciphers: [cipher] },
    })
    t.equal(http?.status, 200)
    const transcript = dissect(segments, keyLog)
    t.equal(transcript.cipherSuite, name)
    const hello = transcript.entries.flatMap(({ content }) =>
      content.kind === 'handshake' && content.message.type === 'client_hello' ? [content.message] : [],
    )
    const offered = hello[0]?.cipherSuites.filter((suite) => !suite.endsWith('SCSV'))
    t.strictSame(offered, [name])
  }
  const usual = await ask(connected, { port: server.port })
  t.equal(usual.http?.status, 200, 'the next one offers what is usual')
}

async function speaksPlain(t: Test, connected: ConnectedClient): Promise<void> {
  const seen: SeenRequest[] = []
  await using server = await reading(null, seen)
  const report = await ask(connected, { port: server.port, plain: true, request: { scheme: 'http' } })
  t.match(report, { http: { status: 200, body: 'read' }, keyLog: '', error: null, clientPort: Number })
  t.match(
    Buffer.from(flowOf(report.segments, 'client')).toString('latin1'),
    /^GET \/a\?cell=1 HTTP\/1\.1\r\n/,
  )
  t.match(Buffer.from(flowOf(report.segments, 'server')).toString(), /^HTTP\/1\.1 200 /)
  const nowhere = ask(connected, { port: server.port, request: { scheme: 'http' } })
  await t.rejects(nowhere, { code: 'ERR_NO_ENDPOINT' }, 'an endpoint without such a port')
}

async function speaksHttp2(t: Test, connected: ConnectedClient): Promise<void> {
  await using server = await http2(pki, (stream, path) => {
    stream.respond({ ':status': 403, 'content-type': 'text/plain' })
    stream.end(`asked for ${path}`)
  })
  await using old = await reading(pki, [])
  for (const tls of tlsVersions) {
    const report = await ask(connected, { port: server.port, tls, request: { http: '2' } })
    t.match(report, {
      http: {
        status: 403,
        reason: '',
        body: 'asked for /a?cell=1',
        headers: { 'content-type': 'text/plain' },
      },
      ...{ http2Reset: null, error: null },
    })
    t.notOk(':status' in (report.http?.headers ?? {}))
    t.ok(messagesOf(report).includes('client certificate_verify'), 'with its certificate')
    const posted = await ask(connected, {
      port: server.port,
      tls,
      request: { http: '2', bodyBytes: 100_000 },
    })
    t.equal(posted.http?.status, 403, 'a body, answered before it was read')
    t.match(await ask(connected, { port: old.port, tls, request: { http: '2' } }), {
      ...{ http: null, http2Reset: null },
      error: { message: /h2/ },
    })
  }
}

async function tellsReset(t: Test, connected: ConnectedClient): Promise<void> {
  const resets = [
    { path: 'HTTP_1_1_REQUIRED', code: 0xd },
    { path: 'CANCEL', code: 8 },
    { path: 'error code 153', code: 0x99 },
  ]
  for (const tls of tlsVersions) {
    for (const { path, code } of resets) {
      await using server = await http2(pki, (stream) => stream.close(code))
      const report = await ask(connected, { port: server.port, tls, request: { http: '2' } })
      t.match(report, { http: null, http2Reset: path }, `${path}, TLS ${tls}`)
    }
    await using gone = await http2(pki, (stream) => stream.session?.destroy())
    const report = await ask(connected, { port: gone.port, tls, request: { http: '2' } })
    t.match(
      report,
      { http: null, http2Reset: null, error: { message: /\S/ } },
      'a lost connection is no reset',
    )
  }
}
