/** Every combination of `access@sslFlags` with every kind of client. */
import t from 'tap'
import type { AccessSslFlag } from '../configuration/access-ssl-flags.ts'
import { bad, connection, good, withMapping } from './testdata/requests.ts'
import type { ConnectionParts } from './testdata/requests.ts'
import { shown } from './testdata/shown.ts'

const unreadable = { ...bad, certificate: null, chain: [] }

/** Section 3.2 of the reference: late and early are whether the client was asked by now. */
const combinations: readonly {
  readonly flags: readonly AccessSslFlag[]
  readonly http: string
  readonly none: string
  readonly badLate: string
  readonly badEarly: string
  readonly goodLate: string
  readonly goodEarly: string
}[] = [
  {
    flags: ['None'],
    http: '200',
    none: '200',
    badLate: '200',
    badEarly: '200',
    goodLate: '200',
    goodEarly: '200 mapped',
  },
  {
    flags: ['Ssl'],
    http: '403.4',
    none: '200',
    badLate: '200',
    badEarly: '200',
    goodLate: '200',
    goodEarly: '200 mapped',
  },
  {
    flags: ['SslNegotiateCert'],
    http: '200',
    none: '200',
    badLate: '403.16',
    badEarly: '403.16',
    goodLate: '200 mapped',
    goodEarly: '200 mapped',
  },
  {
    flags: ['Ssl', 'SslNegotiateCert'],
    http: '403.4',
    none: '200',
    badLate: '403.16',
    badEarly: '403.16',
    goodLate: '200 mapped',
    goodEarly: '200 mapped',
  },
  {
    flags: ['SslRequireCert'],
    http: '403.7',
    none: '403.7',
    badLate: '403.7',
    badEarly: '403.16',
    goodLate: '403.7',
    goodEarly: '200 mapped',
  },
  {
    flags: ['Ssl', 'SslRequireCert'],
    http: '403.4',
    none: '403.7',
    badLate: '403.7',
    badEarly: '403.16',
    goodLate: '403.7',
    goodEarly: '200 mapped',
  },
  {
    flags: ['SslNegotiateCert', 'SslRequireCert'],
    http: '403.7',
    none: '403.7',
    badLate: '403.16',
    badEarly: '403.16',
    goodLate: '200 mapped',
    goodEarly: '200 mapped',
  },
  {
    flags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'],
    http: '403.4',
    none: '403.7',
    badLate: '403.16',
    badEarly: '403.16',
    goodLate: '200 mapped',
    goodEarly: '200 mapped',
  },
]

for (const { flags, ...expected } of combinations) {
  for (const extra of [[], ['SslMapCert'], ['Ssl128']] as const) {
    t.test(`access@sslFlags ${[...flags, ...extra].join(',')}`, async (t) => {
      const answer = (over: ConnectionParts | null) =>
        shown({ sslFlags: [...flags, ...extra], connection: over && connection(over), ...withMapping })
      t.equal(await answer(null), expected.http, 'plain HTTP')
      t.equal(await answer({ client: null, asked: true }), expected.none, 'no certificate')
      t.equal(
        await answer({ client: bad }),
        expected.badLate,
        'a bad certificate, not asked for in the handshake',
      )
      t.equal(await answer({ client: bad, asked: true }), expected.badEarly, 'a bad certificate, asked for')
      t.equal(
        await answer({ client: unreadable, asked: true }),
        expected.badEarly,
        'one that nobody can read',
      )
      t.equal(await answer({ client: good }), expected.goodLate, 'a good certificate, not asked for')
      t.equal(
        await answer({ client: good, asked: true }),
        expected.goodEarly,
        'a good certificate, asked for',
      )
      if (extra[0] === 'Ssl128') t.equal(await answer({ cipherBits: 112, client: bad, asked: true }), '403.5')
    })
  }
}

t.test('a bad certificate stands for nobody where it is ignored', async (t) => {
  const parts = { sslFlags: ['Ssl'], anonymous: false, ...withMapping } as const
  t.equal(await shown({ ...parts, connection: connection({ client: bad, asked: true }) }), '401.2')
  const authentication = { clientCertificateMappingAuthentication: { enabled: true } }
  const client = { ...bad, directoryUser: 'CONTOSO\\alice' }
  t.equal(await shown({ ...parts, authentication, connection: connection({ client, asked: true }) }), '401.2')
})

t.test('a request that is refused before is not asked for a certificate', async (t) => {
  const weak = connection({ cipherBits: 56 })
  await shown({ sslFlags: ['Ssl128', 'SslNegotiateCert'], connection: weak })
  t.equal(weak.negotiations, 0)
  const asked = connection()
  await shown({ sslFlags: ['SslNegotiateCert'], connection: asked })
  t.equal(asked.negotiations, 1)
})

t.test('the directory maps before IIS does, and only when it is enabled', async (t) => {
  const client = { ...good, directoryUser: 'CONTOSO\\alice' }
  const parts = { sslFlags: ['SslNegotiateCert'], connection: connection({ client, asked: true }) } as const
  const both = { ...withMapping.authentication, clientCertificateMappingAuthentication: { enabled: true } }
  t.equal(await shown({ ...parts, authentication: both }), '200 CONTOSO\\alice')
  t.equal(await shown({ ...parts, ...withMapping }), '200 mapped')
})
