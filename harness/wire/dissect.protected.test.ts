/** What dissect makes of TLS 1.3 peers that break rules under protection, where no recording of a real peer can be had. */
import t from 'tap'
import type { Segment } from '../model/capture.ts'
import type { Peer } from '../model/tls.ts'
import { dissect } from './dissect.ts'
import { clientHello, extension, handshake, hex, record, serverHello } from './testdata/encode.ts'
import { sealer } from './testdata/seal-13.ts'

const labels = [
  'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
  'SERVER_HANDSHAKE_TRAFFIC_SECRET',
  'CLIENT_TRAFFIC_SECRET_0',
  'SERVER_TRAFFIC_SECRET_0',
] as const
const secret = (label: (typeof labels)[number]) => Buffer.alloc(32, labels.indexOf(label) + 1)
/** As serverHello() and clientHello() of encode.ts have it. */
const random = '07'.repeat(32)
const keyLog = labels.map((label) => `${label} ${random} ${secret(label).toString('hex')}`).join('\n')

const hello13 = serverHello({ extensions: [extension(43, hex('0304'))] })
const encryptedExtensions = handshake(8, hex('0000'))
const finished = handshake(20, Buffer.alloc(32))

const from = (peer: Peer, ...records: readonly Uint8Array[]): Segment => ({
  from: peer,
  bytes: Buffer.concat(records),
})
const start = [from('client', record(22, clientHello())), from('server', record(22, hello13))]

/** The kinds of everything after the two hellos, and the codes of the problems. */
function after(segments: readonly Segment[], start: readonly Segment[]): readonly string[] {
  const { entries, problems } = dissect([...start, ...segments], keyLog)
  return [
    ...entries
      .slice(2)
      .map(({ content }) => (content.kind === 'handshake' ? content.message.type : content.kind)),
    ...problems.map(({ code }) => code),
  ]
}

interface Case {
  readonly name: string
  readonly segments: () => readonly Segment[]
  readonly start?: readonly Segment[]
  readonly gives: readonly string[]
}

const cases: readonly Case[] = [
  {
    name: 'the keys change behind Finished',
    segments: () => {
      const first = sealer(secret('SERVER_HANDSHAKE_TRAFFIC_SECRET'))
      const second = sealer(secret('SERVER_TRAFFIC_SECRET_0'))
      return [from('server', first(22, encryptedExtensions), first(22, finished), second(23, hex('aa')))]
    },
    gives: ['encrypted_extensions', 'finished', 'application_data'],
  },
  {
    name: 'a message behind Finished in the same record (RFC 8446 §5.1)',
    segments: () => {
      const seal = sealer(secret('SERVER_HANDSHAKE_TRAFFIC_SECRET'))
      return [from('server', seal(22, Buffer.concat([finished, encryptedExtensions])))]
    },
    gives: ['finished', 'opaque', 'ERR_MESSAGE_SPANS_KEY_CHANGE'],
  },
  {
    name: 'a message whose first half came before the keys (RFC 8446 §5.1)',
    start: [
      from('client', record(22, clientHello()), record(22, finished.subarray(0, 9))),
      from('server', record(22, hello13)),
    ],
    segments: () => {
      const seal = sealer(secret('CLIENT_HANDSHAKE_TRAFFIC_SECRET'))
      return [from('client', seal(22, finished.subarray(9)))]
    },
    gives: ['opaque', 'opaque', 'ERR_MESSAGE_SPANS_KEY_CHANGE', 'ERR_TRUNCATED'],
  },
  {
    name: 'a renegotiation, which TLS 1.3 has not: the hellos are told and change no keys',
    segments: () => {
      const client = sealer(secret('CLIENT_HANDSHAKE_TRAFFIC_SECRET'))
      const clientNext = sealer(secret('CLIENT_TRAFFIC_SECRET_0'))
      const server = sealer(secret('SERVER_HANDSHAKE_TRAFFIC_SECRET'))
      return [
        from('client', client(22, clientHello({ random: Buffer.alloc(32, 8) }))),
        from('server', server(22, serverHello({ suite: 0x1302 })), server(22, encryptedExtensions)),
        from('client', client(22, finished), clientNext(23, hex('aa'))),
      ]
    },
    gives: ['client_hello', 'server_hello', 'encrypted_extensions', 'finished', 'application_data'],
  },
  {
    name: 'the longest content',
    segments: () => [
      from('server', sealer(secret('SERVER_HANDSHAKE_TRAFFIC_SECRET'))(23, Buffer.alloc(2 ** 14))),
    ],
    gives: ['application_data'],
  },
  {
    name: 'content of more than 2^14 bytes (RFC 8446 §5.4)',
    segments: () => [
      from('server', sealer(secret('SERVER_HANDSHAKE_TRAFFIC_SECRET'))(23, Buffer.alloc(2 ** 14 + 1))),
    ],
    gives: ['opaque', 'ERR_RECORD_OVERFLOW'],
  },
  {
    name: 'after 0-RTT, one record that opens ends the leave to skip others',
    start: [
      from('client', record(22, clientHello({ extensions: [extension(42, hex(''))] }))),
      from('server', record(22, hello13)),
    ],
    segments: () => {
      const seal = sealer(secret('CLIENT_HANDSHAKE_TRAFFIC_SECRET'))
      const junk = record(23, Buffer.alloc(40))
      return [from('client', junk, seal(22, handshake(11, hex('00000000'))), junk)]
    },
    gives: ['opaque', 'certificate', 'opaque', 'ERR_LOCKED_RECORD', 'ERR_BAD_RECORD_MAC'],
  },
]

for (const { name, segments, start: beginning = start, gives } of cases) {
  t.test(name, async (t) => t.strictSame(after(segments(), beginning), gives))
}
