import t from 'tap'
import { profiles } from '../profiles.ts'
import type { ProfileName } from '../profiles.ts'
import { logMeaning } from './log-meaning.ts'

const profile = (name: ProfileName) => profiles.find((each) => each.name === name)!
const iis10 = (answer: string) => `2026-11-20 13:20:21 ::1 GET / - 443 - ::1 curl/7.88.1 - ${answer} 1`

const lines: readonly { line: string; profile?: ProfileName; meaning: string | null }[] = [
  {
    line: iis10('403 16 2148204809'),
    meaning: '403.16 Client certificate is untrusted or invalid. CERT_E_UNTRUSTEDROOT 0x800B0109',
  },
  { line: iis10('403 7 5'), meaning: '403.7 Client certificate required. ERROR_ACCESS_DENIED 0x80070005' },
  { line: iis10('401 1 1326'), meaning: '401.1 Logon failed. ERROR_LOGON_FAILURE 0x8007052E' },
  { line: iis10('401 1 2148086018'), meaning: '401.1 Logon failed. CRYPT_E_ASN1_EOD 0x80093102' },
  { line: iis10('403 16 12345678'), meaning: '403.16 Client certificate is untrusted or invalid.' },
  { line: iis10('404 77 5'), meaning: '404.77 ERROR_ACCESS_DENIED 0x80070005' },
  { line: iis10('404 77 0'), meaning: null },
  { line: iis10('200 0 0'), meaning: null },
  { line: iis10('304 0 5'), meaning: null },
  { line: '#Fields: date', meaning: null },
  { line: 'not a line of a log', meaning: null },
  { line: '', meaning: null },
  {
    line: '2003-01-01 00:00:00 ::1 GET / - 443 - ::1 Mozilla/4.0 403 12 5',
    profile: 'iis-6',
    meaning:
      '403.12 Client certificate is denied access by the server certificate mapper. ERROR_ACCESS_DENIED 0x80070005',
  },
  {
    // No substatus in the log of IIS 5, so no reason either.
    line: '2000-01-01 00:00:00 ::1 - ::1 443 GET / - 403 5 Mozilla/4.0',
    profile: 'iis-5',
    meaning: '403 ERROR_ACCESS_DENIED 0x80070005',
  },
]

for (const { line, profile: name = 'iis-10', meaning } of lines) {
  t.test(`${name}: ${line}`, async (t) => t.equal(logMeaning(line, profile(name)), meaning))
}
