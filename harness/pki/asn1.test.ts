import t from 'tap'
import { bitString, contentsOf, decodeDer, encodeDer, integer, octetString, setOf, time } from './asn1.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

const times = [
  { at: '1949-12-31T23:59:59Z', tag: GENERALIZED_TIME, text: '19491231235959Z' },
  { at: '1950-01-01T00:00:00Z', tag: UTC_TIME, text: '500101000000Z' },
  { at: '2026-03-04T05:06:07.999Z', tag: UTC_TIME, text: '260304050607Z' },
  { at: '2049-12-31T23:59:59Z', tag: UTC_TIME, text: '491231235959Z' },
  { at: '2050-01-01T00:00:00Z', tag: GENERALIZED_TIME, text: '20500101000000Z' },
] as const

for (const { at, tag, text: expected } of times) {
  t.test(`${at} is ${tag === UTC_TIME ? 'UTCTime' : 'GeneralizedTime'}`, async (t) => {
    const der = encodeDer(time(Date.parse(at)))
    t.equal(der[0], tag)
    t.equal(text(der.subarray(2)), expected)
  })
}

const integers = [
  { value: 0, der: '020100' },
  { value: 127, der: '02017f' },
  { value: 128, der: '02020080' },
  { value: Uint8Array.of(0x40, 0x00), der: '02024000' },
] as const

for (const { value, der } of integers) {
  t.test(`INTEGER ${value.toString()} has the fewest octets`, async (t) => {
    t.equal(hex(encodeDer(integer(value))), der)
  })
}

t.test('the elements of a SET OF are sorted by their encodings', async (t) => {
  const long = octetString(Uint8Array.of(1, 2))
  const high = octetString(Uint8Array.of(9))
  const low = octetString(Uint8Array.of(1))
  t.equal(hex(encodeDer(setOf(long, high, low))), '310a' + '040101' + '040109' + '04020102')
})

t.test('a BIT STRING whose contents look like DER comes back as it was', async (t) => {
  const looksLikeOctetString = Uint8Array.of(0x04, 0x01, 0xaa)
  const der = encodeDer(bitString(looksLikeOctetString))
  const decoded = decodeDer(der)
  t.equal(hex(contentsOf(decoded)), '000401aa')
  t.equal(hex(encodeDer(decoded)), hex(der))
})
