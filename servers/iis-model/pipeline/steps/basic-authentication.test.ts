import t from 'tap'
import { connection, good, machine } from '../testdata/requests.ts'
import { shown } from '../testdata/shown.ts'

const basic = { enabled: true, realm: 'Secrets', defaultLogonDomain: '', logonMethod: 'ClearText' } as const
const accounts = [{ name: 'bob', password: 'pa:ss', state: 'enabled', logonRights: ['ClearText'] }] as const
const base64 = (text: string) => Buffer.from(text).toString('base64')

const headers: readonly { readonly header: string | null; readonly answer: string }[] = [
  { header: null, answer: '401.2' },
  { header: '', answer: '401.2' },
  { header: 'Negotiate TlRMTVNTUAAB', answer: '401.2' },
  { header: 'Basically nothing', answer: '401.2' },
  { header: `Basic ${base64('bob:pa:ss')}`, answer: '200 bob' },
  { header: `bAsIc   ${base64('BOB:pa:ss')} `, answer: '200 BOB' },
  { header: `Basic ${base64('DOMAIN\\bob:pa:ss')}`, answer: '200 DOMAIN\\bob' },
  { header: `Basic ${base64('bob:pass')}`, answer: '401.1' },
  { header: `Basic ${base64('bob')}`, answer: '401.1' },
  { header: `Basic ${base64(':')}`, answer: '401.1' },
  { header: 'Basic ', answer: '401.1' },
  { header: 'Basic !!!', answer: '401.1' },
]

for (const { header, answer } of headers) {
  t.test(`Authorization: ${header ?? 'absent'}: ${answer}`, async (t) => {
    const parts = { anonymous: false, machine: machine({ accounts }), authorization: header }
    t.equal(await shown({ ...parts, authentication: { basicAuthentication: basic } }), answer)
  })
}

t.test('Basic that is not enabled reads no credentials', async (t) => {
  t.equal(await shown({ anonymous: false, authorization: `Basic ${base64('bob:pa:ss')}` }), '401.2')
})

t.test('a mapped user needs no password of Basic', async (t) => {
  const parts = { anonymous: false, machine: machine({ accounts }), authorization: `Basic ${base64('x:y')}` }
  const authentication = {
    clientCertificateMappingAuthentication: { enabled: true },
    basicAuthentication: basic,
  }
  const client = { ...good, directoryUser: 'CONTOSO\\alice' }
  t.equal(
    await shown({ ...parts, authentication, connection: connection({ client, asked: true }) }),
    '200 CONTOSO\\alice',
  )
})
