import t from 'tap'
import { result, server } from '../runner/testdata/values.ts'
import type { BackendChoice } from './options.ts'
import { insist } from './require.ts'

const servers = [server({ name: 'alpha', backends: ['native', 'container'] })]
const absent = result({ server: 'alpha', client: 'first', outcome: 'unavailable', reason: 'not installed' })

const cases: readonly { required: string; choice: BackendChoice; outcome: string }[] = [
  { required: 'alpha', choice: 'auto', outcome: 'fail' },
  { required: 'first', choice: 'auto', outcome: 'fail' },
  { required: 'native', choice: 'auto', outcome: 'fail' },
  { required: 'native', choice: 'native', outcome: 'fail' },
  { required: 'container', choice: 'container', outcome: 'fail' },
  { required: 'native', choice: 'container', outcome: 'unavailable' },
  { required: 'container', choice: 'auto', outcome: 'unavailable' },
  { required: 'embedded', choice: 'auto', outcome: 'unavailable' },
  { required: 'beta', choice: 'auto', outcome: 'unavailable' },
]

for (const { required, choice, outcome } of cases) {
  t.test(`${required} is required, --backend ${choice}: ${outcome}`, async (t) => {
    t.match(insist(new Set([required]), servers, choice)(absent), { outcome })
  })
}

t.test('a failure by requirement keeps the reason; what is available is left alone', async (t) => {
  const judge = insist(new Set(['alpha']), servers, 'auto')
  t.match(judge(absent), { reason: 'required but unavailable: not installed' })
  t.equal(judge(result({ server: 'alpha', outcome: 'pass' })).type, 'cell')
  t.match(judge(result({ server: 'alpha', outcome: 'pass' })), { outcome: 'pass' })
})
