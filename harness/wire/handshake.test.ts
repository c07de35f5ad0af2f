import t from 'tap'
import { HandshakeReassembly } from './handshake.ts'
import { handshake, hex } from './testdata/encode.ts'

function reassemble(fragments: readonly Uint8Array[]): {
  readonly messages: string[]
  readonly pendingBytes: number
} {
  const reassembly = new HandshakeReassembly()
  const messages: string[] = []
  for (const fragment of fragments) {
    reassembly.push(fragment)
    for (let raw = reassembly.next(); raw !== null; raw = reassembly.next()) {
      messages.push(Buffer.from(raw).toString('hex'))
    }
  }
  return { messages, pendingBytes: reassembly.pendingBytes }
}

const cases = [
  { name: 'one message in one record', fragments: ['0e000000'], messages: ['0e000000'], pending: 0 },
  {
    name: 'two messages in one record',
    fragments: ['0e000000 14000001aa'],
    messages: ['0e000000', '14000001aa'],
    pending: 0,
  },
  {
    name: 'a message over three records',
    fragments: ['14', '0000', '02aabb'],
    messages: ['14000002aabb'],
    pending: 0,
  },
  {
    name: 'the end of one and the start of the next',
    fragments: ['14000002aa', 'bb0e00', '0000'],
    messages: ['14000002aabb', '0e000000'],
    pending: 0,
  },
  {
    name: 'empty fragments between',
    fragments: ['1400', '', '0001', '', 'aa'],
    messages: ['14000001aa'],
    pending: 0,
  },
  { name: 'a header cut short', fragments: ['140000'], messages: [], pending: 3 },
  { name: 'a body cut short', fragments: ['14000002aa'], messages: [], pending: 5 },
  { name: 'the longest length costs what arrived', fragments: ['14ffffff', 'aa'], messages: [], pending: 5 },
]

for (const { name, fragments, messages, pending } of cases) {
  t.test(name, async (t) => {
    t.strictSame(reassemble(fragments.map(hex)), { messages, pendingBytes: pending })
  })
}

t.test('a message cut into single bytes', async (t) => {
  const message = handshake(11, Buffer.alloc(1000, 0xab))
  const bytes = Array.from(message, (byte) => Uint8Array.of(byte))
  t.strictSame(reassemble(bytes), { messages: [message.toString('hex')], pendingBytes: 0 })
})

t.test('what is left can be taken', async (t) => {
  const reassembly = new HandshakeReassembly()
  reassembly.push(hex('1400'))
  reassembly.push(hex('0002'))
  t.equal(Buffer.from(reassembly.drain()).toString('hex'), '14000002')
  t.equal(reassembly.pendingBytes, 0)
  t.equal(reassembly.drain().length, 0)
})
