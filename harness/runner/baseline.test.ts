import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { CellFinished } from '../model/event.ts'
import type { Observation } from '../model/observation.ts'
import type { Outcome } from '../model/outcome.ts'
import { judgeByBaseline, signatureOf, updatedBaseline, vanishedCells } from './baseline.ts'
import { baselineText, parseBaseline, readBaseline, writeBaseline } from './baseline-file.ts'

const ID = 'nginx/require/tls1.3/node/client-certificate/validity/expired'

const observed: Observation = {
  accepted: false,
  refusal: 'expired',
  handshake: {
    clientFinished: true,
    version: 'TLSv1.3',
    cipherSuite: 'TLS_AES_256_GCM_SHA384',
    alert: null,
    closedBy: 'fin',
  },
  certificateRequest: {
    when: 'handshake',
    certificateAuthorities: ['CN=a', 'CN=b,O=x'],
    signatureSchemes: [],
    certificateTypes: [],
  },
  clientCertificate: { presented: true, chainLength: 1, withheldBecause: null },
  http: { status: 400, substatus: 495, substatusFrom: 'log', reason: 'Bad Request' },
  http2Reset: null,
  serverLog: { win32: null, user: null, verify: 'FAILED:certificate has expired', line: 'port 4711' },
}

function cellOf(over: Partial<CellFinished> = {}): CellFinished {
  return {
    type: 'cell',
    ...{ id: ID, server: 'nginx', policy: 'require', tls: '1.3', client: 'node', selection: 'forced' },
    ...{ scenario: 'client-certificate/validity/expired', identity: 'expired', index: 0, title: 'a title' },
    ...{
      outcome: 'fail',
      reason: 'because',
      confidence: 'measured',
      durationMs: 1,
      expected: null,
      observed,
    },
    ...{ rfc: null, ladder: [], evidence: { transcript: null, pcapng: null } },
    ...over,
  }
}

const alert = { code: 48, when: 'after-client-finished', received: true, description: 'unknown_ca' } as const
const withAlert = (from: 'server' | 'client', received = true): Observation => ({
  ...observed,
  handshake: { ...observed.handshake, alert: { ...alert, from, received } },
})

t.test('a signature is one line of what was observed', async (t) => {
  t.equal(
    signatureOf(observed),
    'refused (expired); status 400; substatus 495; verify FAILED:certificate has expired; presented; asked with 2 CA: CN=a | CN=b,O=x',
  )
  t.match(signatureOf({ ...observed, http2Reset: 'HTTP_1_1_REQUIRED' }), '; HTTP/2 reset HTTP_1_1_REQUIRED;')
  t.match(signatureOf(withAlert('server')), '; alert unknown_ca;')
  t.match(signatureOf(withAlert('client')), '; alert unknown_ca from the client;')
  t.match(signatureOf({ ...observed, certificateRequest: null }), /; not asked$/)
  t.match(signatureOf({ ...observed, accepted: true, refusal: null, http: null }), /^accepted; verify/)
})

t.test('what differs from run to run is not in it', async (t) => {
  const same: Observation = {
    ...observed,
    handshake: { ...observed.handshake, closedBy: 'rst', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
    serverLog: { win32: null, user: null, verify: 'FAILED:certificate has expired', line: 'port 4712' },
  }
  t.equal(signatureOf(same), signatureOf(observed))
  t.equal(signatureOf(withAlert('server', true)), signatureOf(withAlert('server', false)))
})

t.test('a long list of CA names becomes a digest that still tells one list from another', async (t) => {
  const many = (last: string): Observation => ({
    ...observed,
    certificateRequest: {
      ...{ when: 'late', signatureSchemes: [], certificateTypes: [] },
      certificateAuthorities: [...Array.from({ length: 100 }, (_, at) => `CN=authority ${at}`), last],
    },
  })
  t.match(signatureOf(many('CN=x')), /; asked late with 101 CA: sha256 [0-9a-f]{64}$/)
  t.not(signatureOf(many('CN=x')), signatureOf(many('CN=y')))
})

const judged: readonly {
  name: string
  was: string | null
  cell: Partial<CellFinished>
  outcome: Outcome
  reason: string | null
}[] = [
  { name: 'the same: pass', was: signatureOf(observed), cell: {}, outcome: 'pass', reason: null },
  {
    name: 'the same, as a listed deviation: pass',
    was: signatureOf(observed),
    cell: { outcome: 'deviation' },
    outcome: 'pass',
    reason: null,
  },
  {
    name: 'changed: fail, also where the tables are content',
    was: signatureOf(observed).replace('400', '403'),
    cell: { outcome: 'pass', reason: null },
    outcome: 'fail',
    reason: 'changed since the baseline: was status 403, is status 400',
  },
  {
    name: 'one sign more: both in full',
    was: 'refused (expired); presented',
    cell: { observed: { ...observed, serverLog: null, http: null } },
    outcome: 'fail',
    reason:
      'changed since the baseline: was refused (expired); presented, is refused (expired); presented; asked with 2 CA: CN=a | CN=b,O=x',
  },
  { name: 'not in it: as judged', was: null, cell: {}, outcome: 'fail', reason: 'because' },
  ...(['error', 'unavailable', 'unsupported'] as const).map((outcome) => ({
    ...{ name: `${outcome} stays`, was: 'accepted', cell: { outcome }, outcome, reason: 'because' },
  })),
  {
    name: 'required but unavailable stays a failure',
    was: 'accepted',
    cell: { observed: null },
    outcome: 'fail',
    reason: 'because',
  },
]

for (const { name, was, cell, outcome, reason } of judged) {
  t.test(name, async (t) => {
    const baseline = new Map(was === null ? [] : [[ID, was]])
    t.match(judgeByBaseline(baseline, cellOf(cell)), { outcome, reason })
  })
}

t.test('a line whose cell is gone is a failed cell of its own', async (t) => {
  const gone = 'nginx/nginx/optional_no_ca/tls1.2/node/client-certificate/old'
  const baseline = new Map([
    [ID, 'accepted'],
    [gone, 'accepted'],
  ])
  const [cell, ...others] = vanishedCells(baseline, new Set([ID]), () => true)
  t.match(cell, {
    ...{ id: gone, server: 'nginx', policy: 'nginx/optional_no_ca', tls: '1.2', client: 'node' },
    ...{ scenario: 'client-certificate/old', outcome: 'fail', observed: null },
  })
  t.equal(others.length, 0)
  t.equal(vanishedCells(baseline, new Set([ID]), ({ server }) => server === 'iis-10').length, 0)
})

t.test('an update takes what was measured, drops what is gone and keeps the rest', async (t) => {
  const unmeasured = ID.replace('1.3', '1.2')
  const gone = ID.replace('expired', 'gone')
  const elsewhere = ID.replace('nginx', 'httpd')
  const before = new Map([ID, unmeasured, gone, elsewhere].map((id) => [id, 'accepted']))
  const cells = [cellOf(), cellOf({ id: unmeasured, outcome: 'unavailable', observed: null })]
  t.strictSame(
    updatedBaseline(before, cells, [cellOf({ id: gone })]),
    new Map([
      [ID, signatureOf(observed)],
      [unmeasured, 'accepted'],
      [elsewhere, 'accepted'],
    ]),
  )
})

t.test('the file has a line for each cell, sorted, with nothing invisible, and reads back', async (t) => {
  const first = ID.replace('nginx', 'httpd')
  const baseline = new Map([
    [ID, 'verify \u202e\u0085"x"'],
    [first, 'accepted'],
  ])
  const text = baselineText(baseline)
  t.equal(
    text,
    `{\n  "schemaVersion": 1,\n  "cells": {\n    "${first}": "accepted",\n    "${ID}": "verify \\u202e\\u0085\\"x\\""\n  }\n}\n`,
  )
  t.strictSame(new Map(parseBaseline(text, 'here')), new Map([...baseline].reverse()))
  t.equal(parseBaseline(baselineText(new Map()), 'here').size, 0)
})

const damaged = [
  { name: 'no JSON', text: '{', code: 'ERR_BASELINE' },
  { name: 'an array', text: '[]', code: 'ERR_BASELINE' },
  { name: 'no cells', text: '{"schemaVersion":1}', code: 'ERR_BASELINE' },
  { name: 'another version', text: '{"schemaVersion":2,"cells":{}}', code: 'ERR_BASELINE_VERSION' },
  { name: 'a key that is no id', text: '{"schemaVersion":1,"cells":{"x":"y"}}', code: 'ERR_BASELINE' },
  { name: 'a value that is no text', text: `{"schemaVersion":1,"cells":{"${ID}":1}}`, code: 'ERR_BASELINE' },
] as const

for (const { name, text, code } of damaged) {
  t.test(`${name} is refused`, async (t) => {
    t.throws(() => parseBaseline(text, 'b.json'), { code, where: 'b.json' })
  })
}

t.test('a file that cannot be read or written is named', async (t) => {
  const folder = t.testdir({ file: '' })
  await t.rejects(readBaseline(join(folder, 'none')), { code: 'ERR_BASELINE', where: join(folder, 'none') })
  await t.rejects(writeBaseline(join(folder, 'file', 'x'), new Map()), { code: 'ERR_BASELINE' })
  writeFileSync(join(folder, 'b.json'), 'old')
  await writeBaseline(join(folder, 'b.json'), new Map([[ID, 'accepted']]))
  t.equal(readFileSync(join(folder, 'b.json'), 'utf8'), baselineText(new Map([[ID, 'accepted']])))
})
