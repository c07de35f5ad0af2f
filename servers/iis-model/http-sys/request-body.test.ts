import { PassThrough } from 'node:stream'
import t from 'tap'
import { RequestBody } from './request-body.ts'

const cases = [
  { name: 'without a body', announced: 0, bytes: 0, limit: 0, read: 'whole' },
  { name: 'at the limit', announced: 10, bytes: 10, limit: 10, read: 'whole' },
  { name: 'at the limit, chunked', announced: null, bytes: 10, limit: 10, read: 'whole' },
  { name: 'above the limit, chunked', announced: null, bytes: 11, limit: 10, read: 'larger' },
  { name: 'empty, chunked', announced: null, bytes: 0, limit: 0, read: 'whole' },
] as const

for (const { name, announced, bytes, limit, read } of cases) {
  t.test(`a body ${name} is ${read}`, async (t) => {
    const stream = new PassThrough()
    const body = new RequestBody(stream, announced)
    stream.end(Buffer.alloc(bytes))
    t.equal(await body.read(limit), read)
    t.equal(await body.read(limit), read, 'and stays so')
    t.equal(await body.read(1000), 'whole', 'for those who read further, it is whole')
    t.ok(body.isWhole)
  })
}

t.test('what is announced as larger is not read', async (t) => {
  const stream = new PassThrough()
  const body = new RequestBody(stream, 11)
  t.equal(await body.read(10), 'larger')
  t.notOk(stream.readableFlowing)
  stream.write(Buffer.alloc(5))
  stream.end(Buffer.alloc(6))
  t.equal(await body.readWhatComes(10), 'larger')
  t.equal(await body.readWhatComes(11), 'whole')
})

t.test('several can wait, each with a limit', async (t) => {
  const stream = new PassThrough()
  const body = new RequestBody(stream, null)
  const reads = Promise.all([body.read(3), body.read(6), body.read(9)])
  stream.write(Buffer.alloc(5))
  stream.end(Buffer.alloc(2))
  t.strictSame(await reads, ['larger', 'larger', 'whole'])
})

t.test('a connection that ends in the body breaks it', async (t) => {
  const stream = new PassThrough()
  const body = new RequestBody(stream, 10)
  const read = body.read(10)
  stream.write(Buffer.alloc(5))
  stream.destroy(new Error('aborted'))
  t.equal(await read, 'broken')
  t.equal(await body.read(10), 'broken')
  await body.drain(100_000)
})

t.test('a body that nobody sends is drained no longer than the time allows', async (t) => {
  const body = new RequestBody(new PassThrough(), 10)
  await body.drain(1)
  t.notOk(body.isWhole)
})
