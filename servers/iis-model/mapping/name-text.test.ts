import t from 'tap'
import { nameText } from './name-text.ts'
import { attribute, element, name, sequence } from './testdata/certificates.ts'

const several = element(0x31, attribute(['CN', 'a']), attribute(['OU', 'b']))

const texts = [
  {
    title: 'in the order of encoding',
    der: name(['DC', 'com'], ['DC', 'contoso'], ['CN', 'CA']),
    text: 'DC=com,DC=contoso,CN=CA',
  },
  {
    title: 'Microsoft names S and E',
    der: name(['S', 'Texas'], ['E', 'a@b.test']),
    text: 'S=Texas,E=a@b.test',
  },
  { title: 'an unknown type', der: name(['1.2.840.1', 'x']), text: 'OID.1.2.840.1=x' },
  { title: 'a comma is quoted', der: name(['O', 'Contoso, Inc']), text: 'O="Contoso, Inc"' },
  { title: 'quotes are doubled', der: name(['O', 'a "b"']), text: 'O="a ""b"""' },
  { title: 'no value makes a second form', der: name(['CN', 'a<S>CN=b']), text: 'CN="a<S>CN=b"' },
  { title: 'line breaks become commas', der: name(['CN', 'a\r\nb']), text: 'CN="a,,b"' },
  { title: 'several attributes in one', der: sequence(several), text: 'CN=a + OU=b' },
  { title: 'an empty name', der: name(), text: '' },
  { title: 'no name', der: Buffer.from([0x31, 0]), text: null },
] as const

for (const { title, der, text } of texts) {
  t.test(`as text: ${title}`, async (t) => {
    t.equal(nameText(der), text)
  })
}
