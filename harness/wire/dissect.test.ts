/** What dissect makes of connections that are cut, broken, locked or hostile. Whole ones are dissect.golden.test.ts. */
import t from 'tap'
import type { Segment } from '../model/capture.ts'
import type { Transcript } from '../model/transcript.ts'
import { dissect } from './dissect.ts'
import {
  clientHello,
  extension,
  handshake,
  helloRetryRandom,
  hex,
  record,
  serverHello,
} from './testdata/encode.ts'
import { readRecording } from './testdata/transcripts/read-recording.ts'

const client = (...parts: readonly Uint8Array[]): Segment => ({ from: 'client', bytes: Buffer.concat(parts) })
const server = (...parts: readonly Uint8Array[]): Segment => ({ from: 'server', bytes: Buffer.concat(parts) })
const hello = record(22, clientHello())
const serverHello13 = record(22, serverHello({ extensions: [extension(43, hex('0304'))] }))
const serverHello12 = record(22, serverHello({ suite: 0xc02f }))
const retryWithoutVersion = record(22, serverHello({ random: helloRetryRandom }))
const alert = record(21, hex('0230'))
const changeCipherSpec = record(20, hex('01'))

/** Direction, protection and kind of every entry: `> client_hello`, `<* opaque`. */
function outline({ entries }: Transcript): readonly string[] {
  return entries.map(({ from, encrypted, content }) => {
    const name = content.kind === 'handshake' ? content.message.type : content.kind
    return `${from === 'client' ? '>' : '<'}${encrypted ? '*' : ''} ${name}`
  })
}

const codes = ({ problems }: Transcript): readonly string[] => problems.map(({ code }) => code)

interface Case {
  readonly name: string
  readonly segments: readonly Segment[]
  readonly entries: readonly string[]
  readonly problems: readonly string[]
}

const cases: readonly Case[] = [
  { name: 'no bytes', segments: [], entries: [], problems: [] },
  { name: 'an empty segment', segments: [client()], entries: [], problems: [] },
  {
    name: 'a plaintext refusal',
    segments: [client(hello), server(alert)],
    entries: ['> client_hello', '< alert'],
    problems: [],
  },
  {
    name: 'entries stand in the order in which their records became complete',
    segments: [client(hello.subarray(0, 9)), server(alert), client(hello.subarray(9))],
    entries: ['< alert', '> client_hello'],
    problems: [],
  },
  {
    name: 'a message over two records',
    segments: [client(record(22, clientHello().subarray(0, 5)), record(22, clientHello().subarray(5)))],
    entries: ['> client_hello'],
    problems: [],
  },
  {
    name: 'another protocol ends its flow, not the other one',
    segments: [client(hex('474554202f')), client(hello), server(alert)],
    entries: ['> opaque', '< alert'],
    problems: ['ERR_NOT_TLS'],
  },
  {
    name: 'HTTP after a plaintext alert',
    segments: [server(alert, hex('485454502f'))],
    entries: ['< alert', '< opaque'],
    problems: ['ERR_RECORD_HEADER'],
  },
  {
    name: 'a record that is too long',
    segments: [client(hex('1603014001'))],
    entries: ['> opaque'],
    problems: ['ERR_RECORD_OVERFLOW'],
  },
  {
    name: 'a record that is cut short',
    segments: [client(hello.subarray(0, 20))],
    entries: ['> opaque'],
    problems: ['ERR_TRUNCATED'],
  },
  {
    name: 'a message that is cut short between records',
    segments: [client(record(22, clientHello().subarray(0, 9)))],
    entries: ['> opaque'],
    problems: ['ERR_TRUNCATED'],
  },
  {
    name: 'a message that is cut short by a broken record: both pieces are kept',
    segments: [client(record(22, clientHello().subarray(0, 9)), hex('00'))],
    entries: ['> opaque', '> opaque'],
    problems: ['ERR_RECORD_HEADER', 'ERR_TRUNCATED'],
  },
  {
    name: 'a message that cannot be decoded: its neighbours can',
    segments: [client(record(22, Buffer.concat([handshake(1, hex('00')), handshake(14)])))],
    entries: ['> unknown', '> server_hello_done'],
    problems: ['ERR_HANDSHAKE_DECODE'],
  },
  {
    name: 'a record inside a message (RFC 8446 §5.1)',
    segments: [
      client(record(22, clientHello().subarray(0, 9)), alert, record(22, clientHello().subarray(9))),
    ],
    entries: ['> alert', '> client_hello'],
    problems: ['ERR_INTERLEAVED_RECORD'],
  },
  {
    name: 'a handshake record without content (RFC 8446 §5.1)',
    segments: [client(record(22, hex('')), hello)],
    entries: ['> client_hello'],
    problems: ['ERR_EMPTY_FRAGMENT'],
  },
  {
    name: 'two alerts in one record (RFC 8446 §5.1)',
    segments: [server(record(21, hex('02300230')))],
    entries: ['< opaque'],
    problems: ['ERR_ALERT_LENGTH'],
  },
  {
    name: 'a heartbeat',
    segments: [client(record(24, hex('01')), hello)],
    entries: ['> opaque', '> client_hello'],
    problems: ['ERR_CONTENT_TYPE'],
  },
  {
    name: 'a change_cipher_spec of another value',
    segments: [client(record(20, hex('02')))],
    entries: ['> opaque'],
    problems: ['ERR_CHANGE_CIPHER_SPEC'],
  },
  {
    name: 'a TLS 1.2 change_cipher_spec behind which nothing can be read',
    segments: [client(hello), server(serverHello12), client(changeCipherSpec, record(22, hex('aa')))],
    entries: ['> client_hello', '< server_hello', '> change_cipher_spec', '>* opaque'],
    problems: ['ERR_LOCKED_RECORD'],
  },
  {
    name: 'a TLS 1.2 change_cipher_spec with the handshake half done',
    segments: [client(hello), server(retryWithoutVersion), client(changeCipherSpec)],
    entries: ['> client_hello', '< hello_retry_request', '> opaque'],
    problems: ['ERR_CHANGE_CIPHER_SPEC'],
  },
  {
    name: 'a TLS 1.3 change_cipher_spec changes nothing, however often it comes',
    segments: [client(hello), server(serverHello13), client(changeCipherSpec, changeCipherSpec)],
    entries: ['> client_hello', '< server_hello', '> change_cipher_spec', '> change_cipher_spec'],
    problems: [],
  },
  {
    name: 'a TLS 1.3 client that could not make keys sends a plaintext alert',
    segments: [client(hello), server(serverHello13), client(alert)],
    entries: ['> client_hello', '< server_hello', '> alert'],
    problems: [],
  },
  {
    name: 'a TLS 1.3 handshake record that is not protected',
    segments: [client(hello), server(serverHello13, record(22, handshake(8, hex('0000'))))],
    entries: ['> client_hello', '< server_hello', '<* opaque'],
    problems: ['ERR_UNPROTECTED_RECORD'],
  },
  {
    name: 'a message behind a ServerHello in the same record (RFC 8446 §5.1)',
    segments: [
      client(hello),
      server(record(22, Buffer.concat([serverHello13.subarray(5), handshake(8, hex('0000'))]))),
    ],
    entries: ['> client_hello', '< server_hello', '< opaque'],
    problems: ['ERR_MESSAGE_SPANS_KEY_CHANGE'],
  },
  {
    name: 'a message over a change of keys (RFC 8446 §5.1)',
    segments: [
      client(hello),
      server(serverHello12, record(22, hex('0b00')), changeCipherSpec, record(22, hex('0000'))),
    ],
    entries: ['> client_hello', '< server_hello', '< change_cipher_spec', '<* opaque', '< opaque'],
    problems: ['ERR_INTERLEAVED_RECORD', 'ERR_LOCKED_RECORD', 'ERR_TRUNCATED'],
  },
  {
    name: 'without keys every record stays opaque, and each reason is told once',
    segments: [
      client(hello),
      server(serverHello13, record(23, hex('aa')), record(23, hex('bb'))),
      client(record(23, hex('cc'))),
    ],
    entries: ['> client_hello', '< server_hello', '<* opaque', '<* opaque', '>* opaque'],
    problems: ['ERR_LOCKED_RECORD', 'ERR_LOCKED_RECORD'],
  },
  {
    name: 'application data before any hello',
    segments: [client(record(23, hex('aa')))],
    entries: ['>* opaque'],
    problems: ['ERR_LOCKED_RECORD'],
  },
]

for (const { name, segments, entries, problems } of cases) {
  t.test(name, async (t) => {
    const transcript = dissect(segments, '')
    t.strictSame(outline(transcript), entries)
    t.strictSame(codes(transcript), problems)
  })
}

t.test('a problem says where', async (t) => {
  const { problems } = dissect([server(alert, hex('485454502f'))], '')
  t.match(problems, [{ code: 'ERR_RECORD_HEADER', where: 'server flow, record at byte 7' }])
})

t.test('an entry says where its last record starts', async (t) => {
  const pieces = [record(22, clientHello().subarray(0, 9)), record(22, clientHello().subarray(9)), alert]
  const { entries } = dissect([client(...pieces)], '')
  t.strictSame(
    entries.map(({ flowOffset }) => flowOffset),
    [pieces[0]!.length, pieces[0]!.length + pieces[1]!.length],
  )
})

const tls13 = readRecording('openssl-tls13-refused-unknown-ca')
const tls12 = readRecording('openssl-tls12-cbc')
const renegotiation = readRecording('openssl-tls12-renegotiation')

t.test('without a key log the cleartext of a recording is still decoded', async (t) => {
  const transcript = dissect(tls13.segments, '')
  t.equal(transcript.version, 'TLSv1.3')
  t.strictSame(outline(transcript).slice(0, 3), ['> client_hello', '< server_hello', '< change_cipher_spec'])
  t.match(transcript.problems, [
    { code: 'ERR_LOCKED_RECORD', message: /SERVER_HANDSHAKE_TRAFFIC_SECRET/ },
    { code: 'ERR_LOCKED_RECORD', message: /CLIENT_HANDSHAKE_TRAFFIC_SECRET/ },
  ])
})

t.test('without the second CLIENT_RANDOM line a renegotiation is read up to its new keys', async (t) => {
  const [first = ''] = renegotiation.keyLog.split('\n')
  const transcript = dissect(renegotiation.segments, first)
  t.ok(outline(transcript).includes('<* certificate_request'))
  t.match(transcript.entries.at(-1), { encrypted: true, content: { kind: 'opaque' } })
})

t.test('a bad line of the key log is told when a secret is missing', async (t) => {
  t.strictSame(dissect(tls13.segments, `junk\n${tls13.keyLog}`).problems, [])
  t.ok(codes(dissect(tls13.segments, 'junk')).length > codes(dissect(tls13.segments, '')).length)
})

t.test('a wrong secret ends the flow at its first record', async (t) => {
  const keyLog = tls13.keyLog.replace(/^(SERVER_HANDSHAKE.*)..$/m, '$100')
  t.strictSame(codes(dissect(tls13.segments, keyLog)), ['ERR_BAD_RECORD_MAC'])
})

t.test('a cipher suite that cannot be opened is told', async (t) => {
  const rc4 = record(22, serverHello({ suite: 0x0005 }))
  const keyLog = `CLIENT_RANDOM ${'07'.repeat(32)} ${'aa'.repeat(48)}`
  const { problems } = dissect([client(hello), server(rc4, changeCipherSpec, record(22, hex('aa')))], keyLog)
  t.match(problems, [{ code: 'ERR_LOCKED_RECORD', message: /TLS_RSA_WITH_RC4_128_SHA is not supported/ }])
})

t.test('a changed byte under protection ends that flow, and the other goes on', async (t) => {
  const segments = tls12.segments.map(({ from, bytes }) => ({ from, bytes: Buffer.from(bytes) }))
  const lastOfServer = segments.findLast(({ from }) => from === 'server')!
  const [byte = 0] = lastOfServer.bytes.subarray(-1)
  lastOfServer.bytes[lastOfServer.bytes.length - 1] = byte ^ 1
  const whole = dissect(tls12.segments, tls12.keyLog)
  const broken = dissect(segments, tls12.keyLog)
  t.strictSame(codes(broken), ['ERR_BAD_RECORD_MAC'])
  t.strictSame(outline(broken).slice(0, -1), outline(whole).slice(0, -1))
  t.match(broken.entries.at(-1), { from: 'server', encrypted: true, content: { kind: 'opaque' } })
})

t.test('0-RTT records stay opaque and do not disturb what follows', async (t) => {
  const { segments, keyLog } = readRecording('go-tls13')
  const [first, second, ...rest] = segments
  const early = record(23, Buffer.alloc(40, 0xee))
  const withEarlyData = [client(offerEarlyData(first!.bytes), early), second!, client(early, early), ...rest]
  const transcript = dissect(withEarlyData, keyLog)
  t.strictSame(codes(transcript), ['ERR_LOCKED_RECORD'])
  const opaque = transcript.entries.filter(({ content }) => content.kind === 'opaque')
  t.equal(opaque.length, 3)
  const others = { ...transcript, entries: transcript.entries.filter((entry) => !opaque.includes(entry)) }
  t.strictSame(outline(others), outline(dissect(segments, keyLog)))
})

/** A recorded ClientHello record with an empty early_data extension at its end. */
function offerEarlyData(bytes: Uint8Array): Buffer {
  const added = extension(42, hex(''))
  const longer = Buffer.concat([bytes, added])
  const extensionsAt = 5 + 4 + 2 + 32 + 33
  const suitesBytes = longer.readUInt16BE(extensionsAt)
  for (const at of [3, 7, extensionsAt + 2 + suitesBytes + 2]) {
    longer.writeUInt16BE(longer.readUInt16BE(at) + added.length, at)
  }
  return longer
}
