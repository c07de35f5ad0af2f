/**
 * The `openssl` client as a second opinion: what s_client says about a handshake must agree with what our dissector
 * read from the same bytes, against every server on every backend of this machine.
 */
import t, { type Test } from 'tap'
import { deviations } from '../scenarios/deviations.ts'
import { authorities, identities, server as serverSpec } from '../scenarios/identities/index.ts'
import { scenarios } from '../scenarios/index.ts'
import { servers } from '../servers/index.ts'
import { nodeHttps } from '../servers/node-https/index.ts'
import { openssl } from './clients/openssl.ts'
import { offers } from './clients/selection.ts'
import type { Client, ClientClaims } from './model/client.ts'
import type { CellFinished } from './model/event.ts'
import type { Backend, PolicyUnderTest, ServerBackend } from './model/server.ts'
import { issuePki } from './pki/issue.ts'
import { makeScratch } from './process/scratch.ts'
import { matrix } from './runner/matrix.ts'
import { plan } from './runner/plan.ts'
import { run } from './runner/run.ts'

const required = (process.env['COUNTERSIGN_REQUIRE'] ?? '').split(/[\s,]+/)
const client = await openssl.probe()
const clientIsRequired = required.includes('openssl') || required.includes('native')
const skip = client.available || clientIsRequired ? false : client.reason

const names = [
  'missing',
  'correct',
  'expired',
  'untrusted',
  'wrong-eku',
  'exchange-only',
  'via-intermediate',
] as const

const pki = await issuePki({ authorities, server: serverSpec, identities }, { now: Date.now() })
const control = scenarios.find(({ id }) => id === 'client-certificate/presence/correct')!

t.test('openssl is there where it is required', { skip }, async (t) => {
  t.match(client, { available: true })
})

for (const server of servers) {
  for (const backend of server.backends) {
    const probed = await server.probe(backend)
    const serverSkip = probed.available || required.includes(backend) ? skip : probed.reason
    t.test(
      `s_client and the dissector agree on ${server.name}, ${backend}`,
      { skip: serverSkip },
      async (t) => {
        const cells = await runCells(t, { server, backend, client: openssl })
        const policies = new Set(cells.map(({ policy }) => policy))
        const situations = new Set(
          server.policies.filter(({ policy }) => policy.situation).map(({ policy }) => policy.name),
        )
        t.strictSame(
          [...policies].filter((name) => !situations.has(name)).sort(),
          server.policies
            .filter(({ policy }) => !policy.situation)
            .map(({ policy }) => policy.name)
            .sort(),
          'every policy that is no situation was tried',
        )
        for (const tls of server.tls)
          t.ok(
            cells.some((cell) => cell.tls === tls),
            `TLS ${tls} was tried`,
          )
        // What s_client cannot do, as plain HTTP, is no disagreement.
        const wrong = cells.filter(({ outcome }) => !['pass', 'deviation', 'unsupported'].includes(outcome))
        t.strictSame(
          wrong.map(({ id, outcome, reason }) => `${outcome} ${id}: ${reason}`),
          [],
        )
      },
    )
  }
}

/** The situations of one version of a product stand for those of the others, which run on request only. */
function isTried(server: ServerBackend, { policy }: PolicyUnderTest): boolean {
  return server.onRequest !== true || policy.situation !== true
}

/** Each is told about the identity `missing` only, so that the control stays honest. */
const lies: readonly { readonly about: string; readonly tell: (truth: ClientClaims) => ClientClaims }[] = [
  { about: 'CA names', tell: (truth) => ({ ...truth, certificateAuthorities: ['CN=root-b,O=Countersign'] }) },
  { about: 'CA names', tell: (truth) => ({ ...truth, certificateAuthorities: [] }) },
  { about: 'alert', tell: (truth) => ({ ...truth, alert: 'unknown_ca' }) },
  { about: 'alert', tell: (truth) => ({ ...truth, alert: null }) },
  { about: 'certificate requested', tell: (truth) => ({ ...truth, certificateRequested: false }) },
  { about: 'accepted', tell: (truth) => ({ ...truth, accepted: true }) },
]

for (const [index, { about, tell }] of lies.entries()) {
  t.test(`lie ${index + 1}, about ${about}, is an error and names it`, { skip }, async (t) => {
    const cells = await runCells(t, {
      server: nodeHttps,
      backend: 'embedded',
      client: lying(tell),
      policy: 'require',
      only: ['missing'],
    })
    t.equal(cells.length, 2)
    for (const { outcome, reason } of cells) {
      t.equal(outcome, 'error')
      t.match(reason, new RegExp(`^the client contradicts the dissector: ${about}: the client says`))
    }
  })
}

function lying(tell: (truth: ClientClaims) => ClientClaims): Client {
  return {
    ...openssl,
    async open(directory) {
      const opened = await openssl.open(directory)
      return {
        async connect(request) {
          const report = await opened.connect(request)
          if (request.identity.name !== 'missing' || report.claims === null) return report
          return { ...report, claims: tell(report.claims) }
        },
        [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
      }
    },
  }
}

interface Wanted {
  readonly server: ServerBackend
  readonly backend: Backend
  readonly client: Client
  /** Every policy when absent. */
  readonly policy?: string
  readonly only?: readonly string[]
}

/** Through the same runner as `countersign run`. */
async function runCells(t: Test, wanted: Wanted): Promise<readonly CellFinished[]> {
  const { server, backend, client, policy, only = names } = wanted
  const cells = matrix({ servers: [server], clients: [client], scenarios }).filter(
    (cell) =>
      only.includes(cell.identity) &&
      isTried(server, cell.underTest) &&
      (policy === undefined || cell.policy === policy),
  )
  const finished: CellFinished[] = []
  await run({
    plan: plan(
      cells,
      new Map([[server.name, { backend }]]),
      new Map([[client.name, { available: true, version: '', tlsLibrary: null }]]),
    ),
    pki,
    control,
    deviations,
    offers,
    concurrency: 4,
    timeoutMs: 20_000,
    evidence: null,
    makeDirectory: async (name) => {
      const scratch = await makeScratch(`second-opinion-${name}`)
      t.teardown(() => scratch[Symbol.asyncDispose]())
      return scratch.path
    },
    signal: new AbortController().signal,
    emit: (event) => {
      if (event.type === 'cell') finished.push(event)
    },
  })
  return finished
}
