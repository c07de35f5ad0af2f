/** Many-to-one and Active Directory mapping exclude each other [m1-7]. What each maps is tested in mapping/. */
import t from 'tap'
import { answerTo } from '../pipeline.ts'
import { alice, connection, good, mappingSection, request } from '../testdata/requests.ts'

const account = { enabled: true, userName: 'mapped', password: { kind: 'clear', text: '' } } as const
const everybody = {
  ...account,
  name: 'everybody',
  description: '',
  permissionMode: 'Allow',
  rules: [
    {
      certificateField: 'Subject',
      certificateSubField: 'CN',
      matchCriteria: '*',
      compareCaseSensitive: true,
    },
  ],
} as const
const sections = {
  'many-to-one': mappingSection({ manyToOneMappings: [everybody] }),
  'one-to-one': mappingSection({
    oneToOneMappings: [{ ...account, certificate: alice.der.toString('base64') }],
  }),
}

const cases = [
  { by: 'many-to-one', directory: false, user: 'mapped' },
  { by: 'many-to-one', directory: true, user: null },
  { by: 'one-to-one', directory: false, user: 'mapped' },
  { by: 'one-to-one', directory: true, user: 'mapped' },
] as const

for (const { by, directory, user } of cases) {
  t.test(`${by}, Active Directory mapping ${directory ? 'on' : 'off'}: ${user ?? 'nobody'}`, async (t) => {
    const authentication = {
      iisClientCertificateMappingAuthentication: sections[by],
      clientCertificateMappingAuthentication: { enabled: directory },
    }
    const asked = connection({ client: good, asked: true })
    t.match(await answerTo(request({ authentication, connection: asked })), { user: { name: user } })
  })
}
