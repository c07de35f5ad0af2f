import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import t from 'tap'
import { issuePki } from '../../../harness/pki/issue.ts'
import { authorities, identities, server } from '../../../scenarios/identities/index.ts'
import { judgeClientCertificate } from './client-certificate.ts'
import { certificateCodes, S_OK } from '../codes.ts'
import { machineStores } from '../machine/machine-stores.ts'

const now = Date.now()
const pki = await issuePki({ authorities, server, identities }, { now })
const stores = machineStores(pki, ['root-a'])
const correct = new X509Certificate(pki.identities.get('correct')!.chainPem)

/** Only what the judge asks of a socket. */
const socketWith = (getPeerX509Certificate: () => object | undefined) =>
  ({ getPeerX509Certificate }) as unknown as TLSSocket

t.test('no certificate is not judged', async (t) => {
  t.equal(
    judgeClientCertificate(
      socketWith(() => undefined),
      stores,
      now,
    ),
    null,
  )
})

t.test('the verdict depends on the moment', async (t) => {
  const socket = socketWith(() => correct)
  t.strictSame(judgeClientCertificate(socket, stores, now), { verdict: S_OK })
  const inTwentyYears = now + 20 * 365 * 86_400_000
  const { hresult } = certificateCodes.CERT_E_EXPIRED
  t.strictSame(judgeClientCertificate(socket, stores, inTwentyYears), { verdict: hresult })
})

t.test('a certificate that node:crypto chokes on is malformed, and nobody falls over', async (t) => {
  const socket = socketWith(() => {
    throw new Error('unsupported')
  })
  const { hresult } = certificateCodes.CERT_E_MALFORMED
  t.strictSame(judgeClientCertificate(socket, stores, now), { verdict: hresult })
})

t.test('an endless Certificate message is not read to its end', async (t) => {
  let read = 0
  const endless = () =>
    new Proxy(correct, {
      get(target, property) {
        if (property === 'issuerCertificate') {
          read++
          return endless()
        }
        const value: unknown = Reflect.get(target, property, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  t.strictSame(
    judgeClientCertificate(
      socketWith(() => endless()),
      stores,
      now,
    ),
    { verdict: S_OK },
  )
  t.ok(read <= 64, `${read} certificates read`)
})
