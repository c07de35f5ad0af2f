import t from 'tap'
import type { HandshakeMessage } from '../model/handshake-message.ts'
import type { Identity } from '../model/identity.ts'
import type { TranscriptEntry } from '../model/transcript.ts'
import { brokenBecause, type Measurement } from './broken.ts'
import { message, observation, pki, report, transcript } from './testdata/values.ts'

const from = (text: string) => ({ from: 'server', bytes: Buffer.from(text, 'latin1') }) as const
const segment = { from: 'client', bytes: new Uint8Array(1) } as const
const [plain] = pki({ leaf: 1 }).identities.values()

/** Certificates whose encoding is their name. */
function identity(...names: readonly string[]): Identity {
  const [issued] = plain!.chain
  return { ...plain!, chain: names.map((name) => ({ ...issued!, der: Buffer.from(name) })) }
}

function certificate(...names: readonly string[]): HandshakeMessage {
  const entries = names.map((name) => ({ der: Buffer.from(name), extensions: [] }))
  return { type: 'certificate', raw: new Uint8Array(), certificateRequestContext: null, entries }
}

function measurement(changes: Partial<Measurement> = {}): Measurement {
  return {
    report: report({ segments: [segment] }),
    transcript: transcript(...shown(['server'], ['leaf'])),
    observed: observation(),
    identity: identity('leaf'),
    server: identity('server'),
    ...{ plain: false, timeoutMs: 100, askedFirst: null },
    ...changes,
  }
}

const shown = (server: readonly string[], client: readonly string[]): readonly TranscriptEntry[] => [
  message('server', certificate(...server)),
  message('client', certificate(...client)),
]

t.test('a whole measurement can be judged', async (t) => {
  t.equal(brokenBecause(measurement()), null)
})

const certificates = [
  { name: 'an empty Certificate message', server: ['server'], client: [], broken: null },
  { name: 'what the server sends after its own', server: ['server', 'ca'], client: ['leaf'], broken: null },
  { name: 'another server', server: ['impostor'], client: ['leaf'], broken: /^the server showed another/ },
  {
    name: 'a chain completed',
    server: ['server'],
    client: ['leaf', 'root-a'],
    broken: /expected 1 .* sent 2$/,
  },
  { name: 'another leaf', server: ['server'], client: ['other'], broken: /^the client sent another chain/ },
]

for (const { name, server, client, broken } of certificates) {
  t.test(`certificates: ${name}`, async (t) => {
    const text = brokenBecause(measurement({ transcript: transcript(...shown(server, client)) }))
    if (broken === null) t.equal(text, null)
    else t.match(text, broken)
  })
}

t.test('a chain cut short by the client is another chain', async (t) => {
  t.match(brokenBecause(measurement({ identity: identity('leaf', 'ca') })), /expected 2 .* sent 1$/)
})

t.test('no certificate was seen: nothing to compare', async (t) => {
  t.equal(brokenBecause(measurement({ transcript: transcript() })), null)
})

t.test('a renegotiation: every certificate counts', async (t) => {
  const again = (name: string) =>
    transcript(...shown(['server'], []), ...shown(['server'], ['leaf']), ...shown([name], []))
  t.equal(brokenBecause(measurement({ transcript: again('server') })), null)
  t.match(brokenBecause(measurement({ transcript: again('impostor') })), /^the server showed another/)
  const other = transcript(...shown(['server'], ['leaf']), ...shown(['server'], ['other']))
  t.match(brokenBecause(measurement({ transcript: other })), /^the client sent another chain/)
})

const silent = { ...transcript(), version: null, cipherSuite: null }

const endings = [
  { name: 'no bytes in the clear', plain: true, segments: [], broken: /^nothing was sent: .* ended by fin$/ },
  { name: 'no answer in the clear', plain: true, segments: [segment], broken: null },
  { name: 'half an answer in the clear', plain: true, segments: [segment, from('HTT')], broken: null },
  {
    ...{ name: 'an alert in the clear', plain: true, segments: [segment, from('\x15\x03\x03')] },
    broken: /^the server did not answer in HTTP/,
  },
  { name: 'no ServerHello', plain: false, segments: [segment], broken: /^no ServerHello: / },
]

for (const { name, plain, segments, broken } of endings) {
  t.test(name, async (t) => {
    const text = brokenBecause(measurement({ plain, report: report({ segments }), transcript: silent }))
    if (broken === null) t.equal(text, null)
    else t.match(text, broken)
  })
}

for (const closedBy of ['rst', 'fin'] as const) {
  t.test(`a connection that ends by ${closedBy} without an answer can be judged`, async (t) => {
    t.equal(brokenBecause(measurement({ report: report({ segments: [segment], closedBy }) })), null)
  })
}

t.test('no end within its time cannot', async (t) => {
  const late = report({ segments: [segment], closedBy: 'timeout' })
  t.equal(brokenBecause(measurement({ report: late })), 'no answer within 100 ms')
})

for (const askedFirst of [true, false]) {
  t.test(`a browser is asked in both of its connections or in none: first ${askedFirst}`, async (t) => {
    const { certificateRequest } = observation()
    const again = (asked: boolean) =>
      brokenBecause(
        measurement({
          askedFirst,
          observed: observation({ certificateRequest: asked ? certificateRequest : null }),
        }),
      )
    t.equal(again(askedFirst), null)
    t.match(again(!askedFirst), /^the server asked for a certificate in only one of a browser/)
  })
}
