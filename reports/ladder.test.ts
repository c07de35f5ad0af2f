import t from 'tap'
import type { LadderStep } from '../harness/model/event.ts'
import { ladderLines } from './ladder.ts'

const steps: readonly LadderStep[] = [
  { from: 'client', encrypted: false, label: 'ClientHello', detail: 'TLSv1.3' },
  { from: 'server', encrypted: true, label: 'CertificateRequest', detail: null },
  { from: 'client', encrypted: true, label: 'Certificate', detail: 'CN=\u001b[31m\u202e' },
  { from: 'server', encrypted: true, label: 'Alert', detail: 'fatal unknown_ca (48)' },
]

t.test('shows direction, protection, message and detail', async (t) => {
  t.strictSame(ladderLines(steps), [
    'client ──► server  ClientHello         TLSv1.3',
    'client ◄══ server  CertificateRequest',
    'client ══► server  Certificate         CN=\\u{1b}[31m\\u{202e}',
    'client ◄══ server  Alert               fatal unknown_ca (48)',
  ])
})

t.test('is cut to the width of a terminal', async (t) => {
  t.equal(ladderLines(steps, 44)[3], 'client ◄══ server  Alert               fata…')
})

t.test('a very long label does not push the details of the others away', async (t) => {
  const long = { from: 'client', encrypted: false, label: 'x'.repeat(60), detail: 'detail' } as const
  const [first, second] = ladderLines([long, ...steps])
  t.equal(first, `client ──► server  ${'x'.repeat(60)}  detail`)
  t.equal(second, 'client ──► server  ClientHello             TLSv1.3')
})

t.test('no steps give no lines', async (t) => t.strictSame(ladderLines([]), []))
