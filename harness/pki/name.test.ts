import t from 'tap'
import { distinguishedNameText } from '../model/distinguished-name.ts'
import type { NameAttribute } from '../model/identity.ts'
import { encodeDer } from './asn1.ts'
import { encodeName } from './name.ts'

const UTF8_STRING = '0c'
const PRINTABLE_STRING = '13'
const IA5_STRING = '16'

/** The type and length octets of the value, then the value. */
const stringTypes = [
  { attribute: ['CN', 'ü'], value: `${UTF8_STRING}02c3bc` },
  { attribute: ['O', 'A'], value: `${UTF8_STRING}0141` },
  { attribute: ['C', 'DE'], value: `${PRINTABLE_STRING}024445` },
  { attribute: ['DC', 'a'], value: `${IA5_STRING}0161` },
  { attribute: ['emailAddress', 'a@b'], value: `${IA5_STRING}03614062` },
] as const satisfies readonly { attribute: NameAttribute; value: string }[]

for (const { attribute, value } of stringTypes) {
  t.test(`${attribute.join('=')} has the string type of RFC 5280 appendix A`, async (t) => {
    const der = Buffer.from(encodeDer(encodeName([attribute]))).toString('hex')
    t.ok(der.endsWith(value), der)
  })
}

t.test('attributes are encoded in the order given, so that text shows them reversed', async (t) => {
  const der = encodeDer(
    encodeName([
      ['C', 'DE'],
      ['O', 'Countersign'],
      ['CN', 'a, b'],
    ]),
  )
  t.equal(distinguishedNameText(der), 'CN=a\\, b,O=Countersign,C=DE')
})

t.test('an empty name is an empty SEQUENCE', async (t) => {
  t.strictSame(encodeDer(encodeName([])), Uint8Array.of(0x30, 0x00))
})

t.test('an unknown attribute type is refused, with the known ones', async (t) => {
  t.throws(() => encodeName([['XX', 'value']]), {
    code: 'ERR_NAME_ATTRIBUTE',
    where: 'XX=value',
    hint: /CN, C, L/,
  })
})
