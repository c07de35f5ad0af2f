import { spawn } from 'node:child_process'
import { constants } from 'node:crypto'
import type { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import t from 'tap'
import type { Identity } from '../../../harness/model/identity.ts'
import { sslCertDefaults } from '../http-sys/ssl-cert.ts'
import { certificatesSent } from './certificates-sent.ts'
import { testMachine } from './testdata/test-machine.ts'
import type { MachineOptions } from './testdata/test-machine.ts'
import { issue } from './testdata/test-pki.ts'
import type { Issued } from './testdata/test-pki.ts'
import { tlsOptions } from './tls-options.ts'
import type { SchannelOptions } from './tls-options.ts'

const root = issue({ cn: 'root', ca: true })
const intermediate = issue({ cn: 'intermediate', by: root, ca: true })
const stranger = issue({ cn: 'stranger', ca: true })
const client = issue({ cn: 'client', by: intermediate })
// Nothing but the name says who issued it: the case in which OpenSSL is quickest to take an issuer for it.
const localhost = issue({ cn: 'localhost', by: root, keyIdentifiers: false })

const server: Identity = {
  name: 'server',
  title: '',
  chain: [],
  chainPem: localhost.pem,
  keyPem: localhost.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}

const inHandshake = { ...sslCertDefaults, clientcertnegotiation: true }
const sendingList = { registry: { SendTrustedIssuerList: 1 }, stores: { Root: [root, stranger] } } as const

const optionsFor = (machine: MachineOptions, changes: Partial<SchannelOptions> = {}) =>
  tlsOptions({
    machine: testMachine(machine),
    server,
    sslCert: inHandshake,
    binding: { sslFlags: 0 },
    ...changes,
  })

const subjects = (certificates: readonly X509Certificate[]) => certificates.map(({ subject }) => subject)

interface Exchange {
  readonly sent: readonly string[]
  readonly serverChain: readonly string[]
  readonly protocol: string | null
}

/** One handshake of node:tls, and a late request if the server wants one. */
async function exchange(
  options: ReturnType<typeof tlsOptions>,
  chain: readonly Issued[],
  maxVersion: 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.3',
): Promise<Exchange> {
  const listener = createServer(options)
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const accepted = once(listener, 'secureConnection') as Promise<[TLSSocket]>
  const [first] = chain
  const socket = connect({
    host: '127.0.0.1',
    port,
    maxVersion,
    rejectUnauthorized: false,
    ...(first && {
      cert: chain.map(({ pem }) => pem).join(''),
      key: first.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    }),
  })
  try {
    await once(socket, 'secureConnect')
    const [peer] = await accepted
    socket.resume()
    if (options.requestCert === false) await askLate(peer)
    const serverChain = subjects(certificatesSent(socket))
    return { sent: subjects(certificatesSent(peer)), serverChain, protocol: socket.getProtocol() }
  } finally {
    socket.destroy()
    listener.close()
  }
}

const askLate = (peer: TLSSocket) =>
  new Promise<void>((resolve, reject) => {
    peer.resume()
    peer.renegotiate({ requestCert: true, rejectUnauthorized: false }, (error) =>
      error ? reject(error) : resolve(),
    )
  })

const chains: readonly { readonly name: string; readonly chain: readonly Issued[] }[] = [
  { name: 'nothing', chain: [] },
  { name: 'an end entity without its intermediate', chain: [client] },
  { name: 'with its intermediate', chain: [client, intermediate] },
  { name: 'with its intermediate and its root', chain: [client, intermediate, root] },
  { name: 'with others, in no order', chain: [client, stranger, root, intermediate, client] },
]

t.test('a client that sends 80 certificates has 64 of them looked at', async (t) => {
  const many = [client, ...Array.from({ length: 79 }, () => intermediate)]
  const options = { late: optionsFor({}, { sslCert: sslCertDefaults }), early: optionsFor({}) }
  t.equal((await exchange(options.early, many)).sent.length, 64)
  t.equal((await exchange(options.early, many, 'TLSv1.2')).sent.length, 64)
  t.equal((await exchange(options.late, many, 'TLSv1.2')).sent.length, 64)
})

const machines: readonly { readonly name: string; readonly machine: MachineOptions }[] = [
  { name: 'without a CA list', machine: { stores: { Root: [root] } } },
  { name: 'with a CA list', machine: sendingList },
  {
    name: 'with every name of the chain in the CA list',
    machine: {
      ...sendingList,
      stores: { Root: [root], ClientAuthIssuer: [intermediate, root, client, localhost] },
    },
  },
]

for (const { name: list, machine } of machines) {
  for (const { name, chain } of chains) {
    t.test(`${list}, the client sends ${name}`, async (t) => {
      const expected = {
        sent: chain.map(({ certificate }) => certificate.subject),
        serverChain: ['CN=localhost'],
      }
      const at = async (options: ReturnType<typeof tlsOptions>, version: 'TLSv1.2' | 'TLSv1.3') => {
        const { sent, serverChain } = await exchange(options, chain, version)
        return { sent, serverChain }
      }
      t.strictSame(await at(optionsFor(machine), 'TLSv1.2'), expected, 'TLS 1.2')
      t.strictSame(await at(optionsFor(machine), 'TLSv1.3'), expected, 'TLS 1.3')
      const late = optionsFor(machine, { sslCert: sslCertDefaults })
      t.strictSame(await at(late, 'TLSv1.2'), expected, 'asked late')
    })
  }
}

const versions = [
  { profile: 'iis-10', sslFlags: 0, protocol: 'TLSv1.3' },
  { profile: 'iis-10', sslFlags: 32, protocol: 'TLSv1.2' },
  { profile: 'iis-10', sslFlags: 64, protocol: 'TLSv1.3' },
  { profile: 'iis-10-2019', sslFlags: 0, protocol: 'TLSv1.2' },
  { profile: 'iis-6', sslFlags: 0, protocol: 'TLSv1.2' },
] as const

for (const { profile, sslFlags, protocol } of versions) {
  t.test(`${profile} with binding.sslFlags ${sslFlags} speaks ${protocol}`, async (t) => {
    t.match(await exchange(optionsFor({ profile }, { binding: { sslFlags } }), [client]), { protocol })
  })
}

/** What `openssl s_client` prints, which is the only one here that shows a CertificateRequest. */
async function sClient(options: ReturnType<typeof tlsOptions>, ...args: readonly string[]): Promise<string> {
  const listener = createServer(options, (socket) => socket.on('error', () => undefined).end())
  listener.on('tlsClientError', () => undefined)
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const child = spawn(
    'openssl',
    ['s_client', '-connect', `127.0.0.1:${port}`, '-nameopt', 'RFC2253', ...args],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    },
  )
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
  await once(child, 'close')
  listener.close()
  return text
}

for (const version of ['-tls1_2', '-tls1_3']) {
  t.test(`the names of the CA list, ${version}`, async (t) => {
    const listed = await sClient(optionsFor(sendingList), version)
    t.match(listed, 'Acceptable client certificate CA names\nCN=root\nCN=stranger\n')
    const unlisted = await sClient(optionsFor({ stores: sendingList.stores }), version)
    t.match(unlisted, 'No client certificate CA names sent')
    t.match(unlisted, 'Requested Signature Algorithms:')
  })
}

t.test('names of 16 kB go over the wire', async (t) => {
  const Root = Array.from({ length: 60 }, (_, i) => issue({ cn: `${i}`.padEnd(200, 'x'), ca: true }))
  const listed = await sClient(optionsFor({ ...sendingList, stores: { Root } }), '-tls1_3')
  t.equal(listed.match(/^CN=\d+x+$/gm)?.length, 60)
})

t.test('RSA-PSS is among the signature algorithms where TLS 1.3 is', async (t) => {
  t.match(await sClient(optionsFor({}), '-tls1_2'), /Requested Signature Algorithms: RSA-PSS\+SHA256:/)
  const older = await sClient(optionsFor({ profile: 'iis-8.5' }), '-tls1_2')
  t.match(older, /Requested Signature Algorithms: RSA\+SHA256:/)
  t.notMatch(older, /Requested Signature Algorithms: .*PSS/)
})

t.test('the order of the profile decides, whatever the client prefers', async (t) => {
  const args = ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-GCM-SHA256']
  for (const profile of ['iis-10', 'iis-8.5'] as const) {
    t.match(await sClient(optionsFor({ profile }), ...args), 'Cipher is ECDHE-ECDSA-AES128-GCM-SHA256')
  }
})

t.test('a cipher suite that an administrator added', async (t) => {
  const cipher = 'ECDHE-ECDSA-NULL-SHA'
  const args = ['-tls1_2', '-cipher', `${cipher}:@SECLEVEL=0`]
  t.match(await sClient(optionsFor({}), ...args), 'Cipher is (NONE)')
  t.match(await sClient(optionsFor({}, { extraCipherSuites: [cipher] }), ...args), `Cipher is ${cipher}`)
})

t.test('renegotiation is for late requests only, and never resumes', async (t) => {
  const { SSL_OP_NO_RENEGOTIATION: never, SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION: anew } = constants
  const bits = (options: ReturnType<typeof tlsOptions>) => (options.secureOptions ?? 0) & (never | anew)
  t.equal(bits(optionsFor({})), never)
  t.equal(bits(optionsFor({}, { sslCert: sslCertDefaults })), anew)
})
