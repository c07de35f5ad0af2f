import t from 'tap'
import { deafToRenegotiation } from './deaf-to-renegotiation.ts'

const record = (type: number, ...content: readonly number[]) =>
  Buffer.from([type, 3, 3, 0, content.length, ...content])

const serverHello = record(22, 2, 0, 0, 0)
const changeCipherSpec = record(20, 1)
const finished = record(22, 0xaa, 0xbb, 0xcc)
const data = record(23, 1, 2, 3)
const alert = record(21, 9)
const helloRequest = record(22, 0xdd)
const first = [serverHello, record(22, 11), changeCipherSpec, finished]

const cases = [
  { name: 'the first handshake and what follows it', flow: [...first, data, alert], passes: 6 },
  {
    name: 'everything up to a handshake record behind Finished',
    flow: [...first, data, helloRequest],
    passes: 5,
  },
  { name: 'nothing after that', flow: [...first, helloRequest, data, alert, changeCipherSpec], passes: 4 },
  { name: 'an empty record', flow: [...first, record(23), data], passes: 6 },
  {
    name: 'a resumed session: ChangeCipherSpec comes early',
    flow: [serverHello, changeCipherSpec, finished, data],
    passes: 4,
  },
  { name: 'a flow without ChangeCipherSpec', flow: [serverHello, finished, alert], passes: 3 },
  { name: 'nothing', flow: [], passes: 0 },
]

for (const { name, flow, passes } of cases) {
  const whole = Buffer.concat(flow)
  const expected = Buffer.concat(flow.slice(0, passes)).toString('hex')
  for (const pieceBytes of [1, 3, 7, 1000]) {
    t.test(`passes: ${name}, in pieces of ${pieceBytes}`, async (t) => {
      const hear = deafToRenegotiation()
      const heard: Buffer[] = []
      for (let offset = 0; offset < whole.length; offset += pieceBytes) {
        heard.push(hear(whole.subarray(offset, offset + pieceBytes)))
      }
      t.equal(Buffer.concat(heard).toString('hex'), expected)
    })
  }
}
