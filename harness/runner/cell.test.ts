/** What one cell keeps and what makes it worthless, over real TLS; its verdicts are verdicts*.test.ts. */
import t from 'tap'
import { node } from '../clients/node.ts'
import type { Client, ClientReport } from '../model/client.ts'
import { HarnessError } from '../model/errors.ts'
import type { ClosedBy } from '../model/observation.ts'
import { pki, requiring, scenarioOf, scenarios, tryOut } from './testdata/trial.ts'

/** The node client, but what it reports of this identity is not what happened. */
function misreporting(identity: string, change: (report: ClientReport) => Partial<ClientReport>): Client {
  return {
    ...node,
    async open(directory) {
      const client = await node.open(directory)
      return {
        ...client,
        async connect(request) {
          const report = await client.connect(request)
          return request.identity.name === identity ? { ...report, ...change(report) } : report
        },
      }
    },
  }
}

/** The header of one more record from the server, and nothing behind it. */
function cutShort(closedBy: ClosedBy) {
  const bytes = Buffer.from('1703030020', 'hex')
  return ({ segments }: ClientReport) => ({
    segments: [...segments, { from: 'server', bytes } as const],
    closedBy,
  })
}

const honest = { certificateRequested: true, certificateAuthorities: [authorityName()], alert: null } as const

const misreports = [
  { name: 'claims that agree', change: () => ({ claims: { ...honest, accepted: false } }), reason: null },
  {
    name: 'claims that contradict the bytes',
    change: () => ({ claims: { ...honest, certificateAuthorities: [], accepted: true } }),
    reason:
      /^the client contradicts the dissector: CA names: the client says \[\], the dissector \["CN=.*"\]; accepted: the client says true, the dissector false$/,
  },
  {
    name: 'bytes that are no records',
    change: ({ segments }: ClientReport) => ({
      segments: [
        ...segments,
        { from: 'server', bytes: Buffer.from('HTTP/1.1 400 Bad Request\r\n') } as const,
      ],
    }),
    reason: /^the capture could not be read: ERR_/,
  },
  {
    name: 'a key log that was lost',
    change: () => ({ keyLog: '' }),
    reason: /^the capture could not be read: ERR_/,
  },
  {
    name: 'a last record that was cut short by FIN',
    change: cutShort('fin'),
    reason: /^the capture could not be read: ERR_TRUNCATED/,
  },
  { name: 'a last record that was cut short by RST, as happens', change: cutShort('rst'), reason: null },
  { name: 'no bytes', change: () => ({ segments: [] }), reason: /^no ServerHello: the connection ended by / },
]

for (const { name, change, reason } of misreports) {
  t.test(`a client that reports ${name}`, async (t) => {
    const reports = (report: ClientReport) => ({ error: null, ...change(report) })
    const trial = await tryOut(t, { servers: [requiring()], client: misreporting('expired', reports) })
    t.equal(trial.outcomes['expired'], reason === null ? 'pass' : 'error')
    t.match(trial.reasonOf('expired'), reason)
    t.match(trial.outcomes, { correct: 'pass', missing: 'pass', 'self-signed': 'pass' })
  })
}

/** The node client, but what it reports of this identity comes only when the deadline has passed. */
function late(identity: string): Client {
  return {
    ...node,
    async open(directory) {
      const client = await node.open(directory)
      return {
        ...client,
        async connect(request) {
          const { signal } = request
          const report = await client.connect(request)
          if (request.identity.name !== identity) return report
          await new Promise((resolve) => {
            signal.addEventListener('abort', resolve, { once: true })
            if (signal.aborted) resolve(null)
          })
          return report
        },
      }
    },
  }
}

t.test('a report that comes after the deadline is no verdict: its log line was not waited for', async (t) => {
  const trial = await tryOut(t, { servers: [requiring()], client: late('expired'), timeoutMs: 1000 })
  t.equal(trial.reasonOf('expired'), 'no answer within 1000 ms')
  t.match(trial.outcomes, { correct: 'pass', missing: 'pass', expired: 'error', 'self-signed': 'pass' })
})

t.test('an identity that was not issued is an error, not a missing certificate', async (t) => {
  const identities = new Map(pki.identities)
  identities.delete('expired')
  const trial = await tryOut(t, { servers: [requiring()], pki: { ...pki, identities } })
  t.strictSame(trial.outcomes, { correct: 'pass', missing: 'pass', expired: 'error', 'self-signed': 'pass' })
  t.equal(trial.reasonOf('expired'), "ERR_NO_IDENTITY: the identity 'expired' was not issued")
})

t.test('evidence is written once for each cell that is reported', async (t) => {
  for (const chosen of [scenarios, [scenarioOf('expired')]]) {
    const written: string[] = []
    const evidence = { write: async (id: string) => (written.push(id), `transcripts/${id}`) }
    const { cells } = await tryOut(t, { servers: [requiring()], scenarios: chosen, evidence })
    t.strictSame(
      written,
      cells.map(({ id }) => id),
    )
    for (const { id, evidence } of cells) {
      t.strictSame(evidence, { transcript: `transcripts/${id}`, pcapng: null })
    }
  }
})

t.test('evidence that cannot be written is an error', async (t) => {
  const write = () => Promise.reject(new HarnessError('ERR_OUTPUT', 'the disk is full'))
  const trial = await tryOut(t, { servers: [requiring()], evidence: { write } })
  t.equal(trial.reasonOf('correct'), 'ERR_OUTPUT: the disk is full')
  for (const { outcome } of trial.cells) t.equal(outcome, 'error')
})

for (const concurrency of [1, 3]) {
  t.test(`of many servers, at most ${concurrency} connections at a time`, async (t) => {
    let open = 0
    let most = 0
    const counting: Client = {
      ...node,
      async open(directory) {
        const client = await node.open(directory)
        return {
          ...client,
          async connect(request) {
            most = Math.max(most, ++open)
            try {
              return await client.connect(request)
            } finally {
              open--
            }
          },
        }
      },
    }
    const servers = ['a', 'b', 'c'].map((name) => ({ ...requiring(), name }))
    const { cells } = await tryOut(t, { servers, client: counting, concurrency })
    t.equal(most, concurrency)
    t.ok(cells.every(({ outcome }) => outcome === 'pass'))
    // Groups end in any order; the cells of one stay in theirs.
    for (const name of ['a', 'b', 'c']) {
      const indexes = cells.filter(({ server }) => server === name).map(({ index }) => index)
      t.strictSame(
        indexes,
        [...indexes].sort((left, right) => left - right),
      )
    }
  })
}

function authorityName(): string {
  return pki.authorities['root-a'].certificate.subject
}
