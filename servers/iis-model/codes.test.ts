import t from 'tap'
import {
  ACCESS_DENIED,
  certificateCodes,
  loggedWin32,
  logonCodes,
  mappingCodes,
  namedCode,
  namedCodes,
  S_OK,
  substatusOf,
  systemMessage,
  win32Errors,
} from './codes.ts'

const logged = [
  { name: 'success', hresult: S_OK, win32: 0 },
  { name: 'a Win32 error of facility 7 is the bare number', hresult: ACCESS_DENIED, win32: 5 },
  { name: 'the largest of facility 7', hresult: 0x8007ffff, win32: 65535 },
  { name: 'facility 8 is printed whole', hresult: 0x80080005, win32: 2148007941 },
  { name: 'an NTSTATUS is unsigned', hresult: logonCodes.STATUS_LOGON_FAILURE.hresult, win32: 3221225581 },
] as const

for (const { name, hresult, win32 } of logged) {
  t.test(`logged: ${name}`, async (t) => {
    t.equal(loggedWin32(hresult), win32)
    t.equal(loggedWin32(hresult | 0), win32, 'also when the value came as a signed integer')
  })
}

/** The dictionary of the reference, typed a second time: hex, what the log prints, and the substatus of 403. */
const dictionary = {
  CERT_E_EXPIRED: ['800b0101', 2148204801, 17],
  CERT_E_VALIDITYPERIODNESTING: ['800b0102', 2148204802, 16],
  CERT_E_ROLE: ['800b0103', 2148204803, 16],
  CERT_E_CRITICAL: ['800b0105', 2148204805, 16],
  CERT_E_PURPOSE: ['800b0106', 2148204806, 16],
  CERT_E_ISSUERCHAINING: ['800b0107', 2148204807, 16],
  CERT_E_MALFORMED: ['800b0108', 2148204808, 16],
  CERT_E_UNTRUSTEDROOT: ['800b0109', 2148204809, 16],
  CERT_E_CHAINING: ['800b010a', 2148204810, 16],
  CERT_E_REVOKED: ['800b010c', 2148204812, 13],
  CERT_E_UNTRUSTEDTESTROOT: ['800b010d', 2148204813, 16],
  CERT_E_REVOCATION_FAILURE: ['800b010e', 2148204814, 13],
  CERT_E_CN_NO_MATCH: ['800b010f', 2148204815, 16],
  CERT_E_WRONG_USAGE: ['800b0110', 2148204816, 16],
  CERT_E_UNTRUSTEDCA: ['800b0112', 2148204818, 16],
  CERT_E_INVALID_POLICY: ['800b0113', 2148204819, 16],
  CERT_E_INVALID_NAME: ['800b0114', 2148204820, 16],
  CRYPT_E_REVOKED: ['80092010', 2148081680, 13],
  CRYPT_E_NO_REVOCATION_DLL: ['80092011', 2148081681, 13],
  CRYPT_E_NO_REVOCATION_CHECK: ['80092012', 2148081682, 13],
  CRYPT_E_REVOCATION_OFFLINE: ['80092013', 2148081683, 13],
  TRUST_E_CERT_SIGNATURE: ['80096004', 2148098052, 16],
  TRUST_E_BASIC_CONSTRAINTS: ['80096019', 2148098073, 16],
  CRYPT_E_ASN1_EOD: ['80093102', 2148086018, null],
  CRYPT_E_ASN1_BADTAG: ['8009310b', 2148086027, null],
  STATUS_LOGON_FAILURE: ['c000006d', 3221225581, null],
  SEC_E_NO_CREDENTIALS: ['8009030e', 2148074254, null],
  ERROR_ACCESS_DENIED: ['80070005', 5, null],
  ERROR_NOT_SUPPORTED: ['80070032', 50, null],
  ERROR_NOT_FOUND: ['80070490', 1168, null],
  ERROR_PRIVILEGE_NOT_HELD: ['80070522', 1314, null],
  ERROR_LOGON_FAILURE: ['8007052e', 1326, null],
  ERROR_PASSWORD_EXPIRED: ['80070532', 1330, null],
  ERROR_ACCOUNT_DISABLED: ['80070533', 1331, null],
  ERROR_LOGON_TYPE_NOT_GRANTED: ['80070569', 1385, null],
  ERROR_ACCOUNT_EXPIRED: ['80070701', 1793, null],
  ERROR_PASSWORD_MUST_CHANGE: ['80070773', 1907, null],
  ERROR_ACCOUNT_LOCKED_OUT: ['80070775', 1909, null],
} as const

t.test('the dictionary: values, what the log prints, and the substatus', async (t) => {
  t.strictSame(
    Object.fromEntries(
      namedCodes.map(({ name, hresult, logged }) => [
        name,
        [
          hresult.toString(16),
          logged,
          name in certificateCodes ? certificateCodes[name as 'CERT_E_EXPIRED'].substatus : null,
        ],
      ]),
    ),
    dictionary,
  )
})

t.test('a code is found by its HRESULT, signed or not, and by the number of a log line', async (t) => {
  for (const { name, hresult, logged } of namedCodes) {
    t.equal(namedCode(hresult)?.name, name)
    t.equal(namedCode(hresult | 0)?.name, name)
    t.equal(namedCode(logged)?.name, name)
    t.match(systemMessage(logged)?.text, /^[A-Z].*\.$/, `${name} has a text`)
  }
  t.equal(namedCode(0x800b0199), null)
  t.equal(systemMessage(S_OK), null)
})

t.test('a verdict in no table is untrusted or invalid', async (t) => {
  t.equal(substatusOf(0x800b0199), 16)
  t.equal(substatusOf(certificateCodes.CERT_E_EXPIRED.hresult | 0), 17)
})

t.test('what a row says of its source', async (t) => {
  for (const code of [...Object.values(certificateCodes), ...Object.values(mappingCodes)]) {
    t.match(code.source, /^\[[^ ]+\]( \[[^ ]+\])*$/)
  }
  t.equal(win32Errors.ERROR_LOGON_FAILURE.hresult, 0x80070000 + win32Errors.ERROR_LOGON_FAILURE.win32)
})
