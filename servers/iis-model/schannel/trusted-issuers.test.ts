import t from 'tap'
import { sslCertDefaults } from '../http-sys/ssl-cert.ts'
import type { SslCert } from '../http-sys/ssl-cert.ts'
import type { ProfileName } from '../profiles.ts'
import { testMachine } from './testdata/test-machine.ts'
import type { MachineOptions } from './testdata/test-machine.ts'
import { commonName, issue } from './testdata/test-pki.ts'
import type { Issued } from './testdata/test-pki.ts'
import { encodeDer } from '../../../harness/pki/asn1.ts'
import { trustedIssuers } from './trusted-issuers.ts'

const a = issue({ cn: 'a', ca: true })
const b = issue({ cn: 'b', ca: true })
const c = issue({ cn: 'c', ca: true })
const intermediate = issue({ cn: 'intermediate', by: a, ca: true })

const names = (machine: ReturnType<typeof testMachine>, sslCert: Partial<SslCert> = {}) =>
  trustedIssuers(machine, { ...sslCertDefaults, ...sslCert }).map(({ subject }) => subject)

const on = { SendTrustedIssuerList: 1 } as const
const ctl = { sslctlidentifier: 'ctl' }
const stores = { Root: [a, b] }
const trustLists = { ctl: [b, c] }

const cases: readonly {
  readonly name: string
  readonly machine: MachineOptions
  readonly sslCert?: Partial<SslCert>
  readonly names: readonly string[]
}[] = [
  { name: 'SendTrustedIssuerList 0', machine: { stores }, names: [] },
  { name: 'SendTrustedIssuerList 0, IIS 6', machine: { profile: 'iis-6', stores }, names: [] },
  { name: 'Root', machine: { registry: on, stores }, names: ['CN=a', 'CN=b'] },
  {
    name: 'ClientAuthIssuer before Root',
    machine: { registry: on, stores: { ...stores, ClientAuthIssuer: [intermediate] } },
    names: ['CN=intermediate'],
  },
  {
    name: 'the store of the binding before ClientAuthIssuer',
    machine: { registry: on, stores: { ...stores, ClientAuthIssuer: [a], Own: [c] } },
    sslCert: { sslctlstorename: 'own' },
    names: ['CN=c'],
  },
  {
    name: 'a CTL counts for nothing since IIS 8',
    machine: { registry: on, stores, trustLists },
    sslCert: ctl,
    names: ['CN=a', 'CN=b'],
  },
  {
    name: 'a CTL replaces Root on IIS 7.5',
    machine: { profile: 'iis-7.5', registry: on, stores, trustLists },
    sslCert: ctl,
    names: ['CN=b', 'CN=c'],
  },
  {
    name: 'no CTL on IIS 7.5',
    machine: { profile: 'iis-7.5', registry: on, stores, trustLists },
    names: ['CN=a', 'CN=b'],
  },
  {
    name: 'a CTL is no hint on IIS 6',
    machine: { profile: 'iis-6', registry: on, stores, trustLists },
    sslCert: ctl,
    names: ['CN=a', 'CN=b'],
  },
  {
    name: 'a CTL narrows Root on IIS 5',
    machine: { profile: 'iis-5', registry: on, stores, trustLists },
    sslCert: ctl,
    names: ['CN=b'],
  },
  {
    name: 'a name once',
    machine: { registry: on, stores: { Root: [a, b, issue({ cn: 'a', ca: true })] } },
    names: ['CN=a', 'CN=b'],
  },
  {
    name: 'a spoiled Root lacks its roots [kb2802568]',
    machine: { registry: on, stores: { Root: [a, intermediate] } },
    names: ['CN=intermediate'],
  },
]

for (const { name, machine, sslCert, names: expected } of cases) {
  t.test(name, async (t) => {
    const made = testMachine(machine)
    t.strictSame(names(made, sslCert), expected)
    t.strictSame(made.events.events, [])
  })
}

/** CAs whose names take exactly so many bytes of the list. */
function crowd(count: number, bytesOfAll: number): readonly Issued[] {
  const each = Math.floor(bytesOfAll / count)
  return Array.from({ length: count }, (_, i) => {
    const bytes = i === count - 1 ? bytesOfAll - each * (count - 1) : each
    let cn = `${i}`.padEnd(bytes - 40, 'x')
    while (2 + encodeDer(commonName(cn)).length < bytes) cn += 'x'
    return issue({ cn, ca: true })
  })
}

const limits: readonly { readonly profile: ProfileName; readonly bytes: number; readonly sent: number }[] = [
  { profile: 'iis-10', bytes: 16_384, sent: 16 },
  { profile: 'iis-10', bytes: 16_385, sent: 0 },
  { profile: 'iis-7.5', bytes: 16_384, sent: 16 },
  { profile: 'iis-7.5', bytes: 16_385, sent: 15 },
  { profile: 'iis-6', bytes: 12_288, sent: 16 },
  { profile: 'iis-6', bytes: 12_289, sent: 15 },
]

for (const { profile, bytes, sent } of limits) {
  t.test(`${profile}: of 16 names in ${bytes} bytes ${sent} are sent`, async (t) => {
    const machine = testMachine({ profile, registry: on, stores: { Root: crowd(16, bytes) } })
    t.equal(names(machine).length, sent)
    t.strictSame(
      machine.events.events.map(({ id }) => id),
      sent === 16 ? [] : [36885],
    )
  })
}
