import t from 'tap'
import { decodeAlert } from './alert.ts'
import { hex } from './testdata/encode.ts'

const alerts = [
  { bytes: '0100', alert: { level: 'warning', description: 'close_notify', code: 0 } },
  { bytes: '0230', alert: { level: 'fatal', description: 'unknown_ca', code: 48 } },
  { bytes: '0274', alert: { level: 'fatal', description: 'certificate_required', code: 116 } },
  { bytes: '07ff', alert: { level: 7, description: 'alert_255', code: 255 } },
] as const

for (const { bytes, alert } of alerts) {
  t.test(`alert ${bytes}`, async (t) => t.strictSame(decodeAlert(hex(bytes)), alert))
}

for (const bytes of ['', '02', '023002']) {
  t.test(`a record of ${bytes.length / 2} bytes MUST NOT be an alert`, async (t) => {
    t.throws(() => decodeAlert(hex(bytes)), { code: 'ERR_ALERT_LENGTH' })
  })
}
