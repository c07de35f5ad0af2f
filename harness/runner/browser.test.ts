/** What a browser is given to present; over real TLS it is requests.test.ts. */
import t from 'tap'
import type { Identity } from '../model/identity.ts'
import type { Transcript } from '../model/transcript.ts'
import { givenTo, type Offers } from './browser.ts'
import type { Connection } from './connection.ts'
import { cell, certificateRequest, message, pki, report, scenario, transcript } from './testdata/values.ts'

const identities = pki({ correct: 1, missing: 0 }).identities
const correct = identities.get('correct')!
const segment = { from: 'client', bytes: new Uint8Array(1) } as const

function connection(seen: Transcript): Connection {
  const captured = { report: report({ segments: [segment] }), transcript: seen }
  return { ...captured, nonce: 'first', plain: false, timeoutMs: 100 }
}

const asked = transcript(message('server', certificateRequest('CN=root-a')))
const willing: Offers = () => ({ offered: true })
const unwilling: Offers = () => ({ offered: false, because: 'validity' })

interface Case {
  readonly name: string
  readonly selection: 'browser' | 'forced'
  readonly identity?: Identity
  readonly withheld?: 'cancelled'
  readonly offers?: Offers
  readonly seen?: Transcript
  readonly connects: readonly string[]
  readonly gives: string
  readonly because: string | null
}

const looks = { selection: 'browser', connects: ['nothing'] } as const

const cases: readonly Case[] = [
  {
    ...{ name: 'a forced client does not look first', selection: 'forced', connects: [] },
    ...{ gives: 'correct', because: null },
  },
  { ...looks, name: 'what is offered', gives: 'correct', because: null },
  { ...looks, name: 'what is not offered', offers: unwilling, gives: 'nothing', because: 'validity' },
  {
    ...looks,
    name: 'what the user does not send',
    withheld: 'cancelled',
    gives: 'nothing',
    because: 'cancelled',
  },
  { ...looks, name: 'nobody asks', seen: transcript(), gives: 'nothing', because: 'not-requested' },
  {
    ...{ name: 'there is nothing to choose from', selection: 'browser', connects: [] },
    ...{ identity: identities.get('missing')!, gives: 'missing', because: null },
  },
]

for (const { name, selection, connects, gives, because, ...rest } of cases) {
  const { identity = correct, withheld, offers = willing, seen = asked } = rest
  t.test(name, async (t) => {
    const connected: string[] = []
    const namedScenario = scenario('browser', withheld === undefined ? {} : { withheld })
    const given = await givenTo(cell({ selection, namedScenario }), identity, offers, async (identity) => {
      connected.push(identity.name)
      t.strictSame(identity.chain, [])
      return connection(seen)
    })
    t.strictSame(connected, connects)
    t.equal(given.identity.name, gives)
    t.equal(given.notOffered, because)
  })
}

t.test('a first connection that cannot be read is an error', async (t) => {
  const unread = { ...asked, problems: [{ code: 'ERR_RECORD_TYPE', message: 'what is this', where: 'here' }] }
  const given = givenTo(cell({ selection: 'browser' }), correct, willing, async () => connection(unread))
  await t.rejects(given, { code: 'ERR_FIRST_CONNECTION', message: /could not be read: ERR_RECORD_TYPE/ })
})
