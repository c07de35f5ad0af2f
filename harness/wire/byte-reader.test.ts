import t from 'tap'
import { ByteReader } from './byte-reader.ts'
import { hex } from './testdata/encode.ts'

const reader = (text: string) => new ByteReader(hex(text), 'test')

t.test('numbers of every width are big-endian', async (t) => {
  const bytes = reader('01 0102 010203 ff020304')
  t.equal(bytes.uint(1, 'a'), 1)
  t.equal(bytes.uint(2, 'b'), 0x0102)
  t.equal(bytes.uint(3, 'c'), 0x010203)
  t.equal(bytes.uint(4, 'd'), 0xff020304)
  t.equal(bytes.remaining, 0)
})

t.test('a nested reader covers the vector alone', async (t) => {
  const outer = reader('02aabb cc')
  const inner = outer.nested(1, 'inner')
  t.equal(inner.uint(2, 'x'), 0xaabb)
  t.equal(inner.remaining, 0)
  t.equal(outer.remaining, 1)
})

const vectors = [
  { name: 'a vector at its minimum', bytes: '02aabb', bounds: { minBytes: 2 }, code: null },
  { name: 'a vector below its minimum', bytes: '01aa', bounds: { minBytes: 2 }, code: 'ERR_VECTOR_LENGTH' },
  { name: 'a vector at its maximum', bytes: '02aabb', bounds: { maxBytes: 2 }, code: null },
  {
    name: 'a vector above its maximum',
    bytes: '03aabbcc',
    bounds: { maxBytes: 2 },
    code: 'ERR_VECTOR_LENGTH',
  },
  { name: 'a whole number of elements', bytes: '04aabbccdd', bounds: { elementBytes: 2 }, code: null },
  { name: 'half an element', bytes: '03aabbcc', bounds: { elementBytes: 2 }, code: 'ERR_VECTOR_LENGTH' },
  { name: 'a vector longer than the bytes left', bytes: '03aabb', bounds: {}, code: 'ERR_TRUNCATED' },
  { name: 'no length at all', bytes: '', bounds: {}, code: 'ERR_TRUNCATED' },
]

for (const { name, bytes, bounds, code } of vectors) {
  t.test(name, async (t) => {
    const read = () => reader(bytes).vector(1, 'field', bounds)
    if (code === null) t.equal(Buffer.from(read()).toString('hex'), bytes.slice(2))
    else t.throws(read, { name: 'HarnessError', code })
  })
}

t.test('what is left over is an error, nothing left is not', async (t) => {
  const bytes = reader('01')
  t.throws(() => bytes.end(), { code: 'ERR_TRAILING_BYTES' })
  bytes.uint(1, 'a')
  t.doesNotThrow(() => bytes.end())
})

t.test('a message names the structure, the field and the place', async (t) => {
  const bytes = new ByteReader(hex('0305'), 'client_hello')
  bytes.uint(1, 'x')
  t.throws(() => bytes.bytes(2, 'random'), {
    message: 'client_hello: random needs 2 bytes, 1 are left',
    where: 'byte 1',
  })
})
