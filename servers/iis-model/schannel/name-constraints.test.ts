import t from 'tap'
import {
  directoryName,
  dnsName,
  generalNames,
  ipAddress,
  mailbox,
  website,
} from './testdata/general-names.ts'
import { violatesNameConstraints } from './name-constraints.ts'
import { extension, issue } from './testdata/test-pki.ts'
import { sequence, tagged } from '../../../harness/pki/asn1.ts'
import type { Asn1 } from '../../../harness/pki/asn1.ts'

const root = issue({ cn: 'root', ca: true })

/** Whether a client with these names may stand below a CA with these constraints. */
function allowed(
  names: readonly Asn1[],
  permitted: readonly Asn1[],
  excluded: readonly Asn1[] = [],
): boolean {
  const subtrees = (tag: number, bases: readonly Asn1[]) =>
    bases.length > 0 ? tagged(tag, ...bases.map((base) => sequence(base))) : null
  const constraints = sequence(subtrees(0, permitted), subtrees(1, excluded))
  const ca = issue({ cn: 'ca', by: root, ca: true, extensions: [extension('2.5.29.30', constraints, true)] })
  const extensions = names.length > 0 ? [extension('2.5.29.17', generalNames(...names))] : []
  const client = issue({ cn: 'client', by: ca, extensions })
  return !violatesNameConstraints([client, ca, root].map(({ certificate }) => certificate))
}

const cases: readonly {
  readonly form: string
  readonly base: Asn1
  readonly within: readonly Asn1[]
  readonly outside: readonly Asn1[]
}[] = [
  {
    form: 'dNSName',
    base: dnsName('example.org'),
    within: [dnsName('example.org'), dnsName('a.Example.org')],
    outside: [dnsName('badexample.org'), dnsName('org')],
  },
  {
    form: 'rfc822Name, a host',
    base: mailbox('example.org'),
    within: [mailbox('a@example.org')],
    outside: [mailbox('a@b.example.org'), mailbox('a@org')],
  },
  {
    form: 'rfc822Name, a domain',
    base: mailbox('.example.org'),
    within: [mailbox('a@b.example.org')],
    outside: [mailbox('a@example.org')],
  },
  {
    form: 'rfc822Name, a mailbox',
    base: mailbox('a@example.org'),
    within: [mailbox('a@example.org')],
    outside: [mailbox('b@example.org')],
  },
  {
    form: 'iPAddress',
    base: ipAddress(10, 1, 0, 0, 255, 255, 0, 0),
    within: [ipAddress(10, 1, 2, 3)],
    outside: [ipAddress(10, 2, 0, 1)],
  },
]

for (const { form, base, within, outside } of cases) {
  t.test(form, async (t) => {
    for (const name of within) {
      t.equal(allowed([name], [base]), true, 'within what is permitted')
      t.equal(allowed([name], [], [base]), false, 'within what is excluded')
    }
    for (const name of outside) {
      t.equal(allowed([name], [base]), false, 'outside what is permitted')
      t.equal(allowed([name], [], [base]), true, 'outside what is excluded')
    }
  })
}

t.test('the subject is a directoryName', async (t) => {
  t.equal(allowed([], [directoryName('client')]), true)
  t.equal(allowed([], [directoryName('another')]), false)
  t.equal(allowed([], [directoryName('another'), directoryName('client')]), true)
  t.equal(allowed([], [], [directoryName('client')]), false)
  t.equal(allowed([], [], [directoryName('another')]), true)
})

t.test(
  'forms that the constraints do not speak of are free, and forms that nobody compares are not',
  async (t) => {
    t.equal(allowed([mailbox('a@b')], [dnsName('example.org')]), true)
    t.equal(allowed([website('http://example.org')], [website('example.org')]), false)
    t.equal(allowed([website('http://example.org')], [], [website('other.example')]), false)
    t.equal(allowed([], [website('example.org')]), true)
  },
)

t.test('constraints that nobody can read are violated; those of the end entity bind nobody', async (t) => {
  const unreadable = [extension('2.5.29.30', Buffer.of(0x30, 9))]
  const ca = issue({ cn: 'ca', by: root, ca: true, extensions: unreadable })
  const client = issue({ cn: 'client', by: ca })
  t.equal(violatesNameConstraints([client.certificate, ca.certificate]), true)
  const own = issue({ cn: 'client', by: root, extensions: unreadable })
  t.equal(violatesNameConstraints([own.certificate, root.certificate]), false)
})
