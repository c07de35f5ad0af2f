import t from 'tap'
import { sslCertDefaults } from '../http-sys/ssl-cert.ts'
import type { SslCert } from '../http-sys/ssl-cert.ts'
import { buildChain } from './chain.ts'
import type { Chain } from './chain.ts'
import { testMachine } from './testdata/test-machine.ts'
import type { MachineOptions } from './testdata/test-machine.ts'
import { issue } from './testdata/test-pki.ts'
import { trustOf } from './trust.ts'

const root = issue({ cn: 'root', ca: true })
const other = issue({ cn: 'other', ca: true })
const intermediate = issue({ cn: 'intermediate', by: root, ca: true })
const client = issue({ cn: 'client', by: intermediate })
const Root = [root, other]

const cases: readonly {
  readonly name: string
  readonly machine: MachineOptions
  readonly sslCert?: Partial<SslCert>
  readonly end: Chain['end']
}[] = [
  { name: 'mode 0, the root in Root', machine: { stores: { Root } }, end: 'trusted-root' },
  { name: 'mode 0, the root not in Root', machine: { stores: { Root: [other] } }, end: 'partial' },
  {
    name: 'mode 0, ClientAuthIssuer has others [iisid]',
    machine: { stores: { Root, ClientAuthIssuer: [other] } },
    end: 'trusted-root',
  },
  {
    name: 'mode 0, an intermediate in ClientAuthIssuer is no anchor',
    machine: { stores: { Root: [other], ClientAuthIssuer: [intermediate] } },
    end: 'partial',
  },
  {
    name: 'mode 1, ClientAuthIssuer has the root',
    machine: { registry: { ClientAuthTrustMode: 1 }, stores: { Root, ClientAuthIssuer: [root] } },
    end: 'trusted-root',
  },
  {
    name: 'mode 1, ClientAuthIssuer has the intermediate only',
    machine: { registry: { ClientAuthTrustMode: 1 }, stores: { Root, ClientAuthIssuer: [intermediate] } },
    end: 'untrusted-root',
  },
  {
    name: 'mode 1, ClientAuthIssuer is empty, so Root counts',
    machine: { registry: { ClientAuthTrustMode: 1 }, stores: { Root } },
    end: 'trusted-root',
  },
  {
    name: 'mode 2, ClientAuthIssuer has the intermediate only',
    machine: { registry: { ClientAuthTrustMode: 2 }, stores: { Root, ClientAuthIssuer: [intermediate] } },
    end: 'trusted-root',
  },
  {
    name: 'mode 2, a store of the binding that lacks the root [iisid]',
    machine: { registry: { ClientAuthTrustMode: 2 }, stores: { Root, Own: [other] } },
    sslCert: { sslctlstorename: 'Own' },
    end: 'untrusted-root',
  },
  {
    name: 'mode 2, a store of the binding that has it',
    machine: { registry: { ClientAuthTrustMode: 2 }, stores: { Root, Own: [root] } },
    sslCert: { sslctlstorename: 'OWN' },
    end: 'trusted-root',
  },
  {
    name: 'mode 2, a store that does not exist',
    machine: { registry: { ClientAuthTrustMode: 2 }, stores: { Root } },
    sslCert: { sslctlstorename: 'None' },
    end: 'untrusted-root',
  },
  {
    name: 'IIS 7.5 knows no trust mode',
    machine: {
      profile: 'iis-7.5',
      registry: { ClientAuthTrustMode: 2 },
      stores: { Root, ClientAuthIssuer: [other] },
    },
    end: 'trusted-root',
  },
  {
    name: 'a Root that is spoiled [kb2802568]',
    machine: { stores: { Root: [root, intermediate] } },
    end: 'untrusted-root',
  },
  {
    name: 'the same before Windows Server 2012',
    machine: { profile: 'iis-7.5', stores: { Root: [root, intermediate] } },
    end: 'trusted-root',
  },
  {
    name: 'a Root that is spoiled, mode 1 with a store of the binding',
    machine: {
      registry: { ClientAuthTrustMode: 1 },
      stores: { Root: [root, intermediate], ClientAuthIssuer: [root] },
    },
    end: 'trusted-root',
  },
  {
    name: 'a Root that is spoiled, mode 1 without',
    machine: { registry: { ClientAuthTrustMode: 1 }, stores: { Root: [root, intermediate] } },
    end: 'untrusted-root',
  },
  ...(['iis-7.5', 'iis-6', 'iis-5'] as const).flatMap((profile) => [
    {
      name: `${profile}, a CTL with the root`,
      machine: { profile, stores: { Root }, trustLists: { ctl: [root] } },
      sslCert: { sslctlidentifier: 'ctl' },
      end: 'trusted-root' as const,
    },
    {
      name: `${profile}, a CTL with another`,
      machine: { profile, stores: { Root }, trustLists: { ctl: [other] } },
      sslCert: { sslctlidentifier: 'ctl' },
      end: 'untrusted-root' as const,
    },
    {
      name: `${profile}, a CTL that the binding does not name`,
      machine: { profile, stores: { Root }, trustLists: { ctl: [other] } },
      end: 'trusted-root' as const,
    },
  ]),
  {
    name: 'iis-8.5 takes no notice of a CTL [schan]',
    machine: { profile: 'iis-8.5', stores: { Root }, trustLists: { ctl: [other] } },
    sslCert: { sslctlidentifier: 'ctl' },
    end: 'trusted-root',
  },
]

for (const { name, machine, sslCert, end } of cases) {
  t.test(`${name}: ${end}`, async (t) => {
    const trust = trustOf(testMachine(machine), { ...sslCertDefaults, ...sslCert })
    // The root is not sent: where it is in no store, the chain is cut short.
    const chain = buildChain([client.certificate, intermediate.certificate], trust)
    t.equal(chain.end, end)
  })
}
