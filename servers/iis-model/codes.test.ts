import t from 'tap'
import { ACCESS_DENIED, certificateCodes, loggedWin32, S_OK } from './codes.ts'

const logged = [
  { name: 'success', hresult: S_OK, win32: 0 },
  { name: 'a Win32 error of facility 7 is the bare number', hresult: ACCESS_DENIED, win32: 5 },
  { name: 'ERROR_NOT_SUPPORTED', hresult: 0x80070032, win32: 50 },
  { name: 'the largest of facility 7', hresult: 0x8007ffff, win32: 65535 },
  { name: 'facility 8 is printed whole', hresult: 0x80080005, win32: 2148007941 },
  { name: 'an NTSTATUS-like value is unsigned', hresult: 0xc000006d, win32: 3221225581 },
  { name: 'CERT_E_UNTRUSTEDROOT', hresult: certificateCodes.CERT_E_UNTRUSTEDROOT.hresult, win32: 2148204809 },
  { name: 'CERT_E_CHAINING', hresult: certificateCodes.CERT_E_CHAINING.hresult, win32: 2148204810 },
  { name: 'CERT_E_WRONG_USAGE', hresult: certificateCodes.CERT_E_WRONG_USAGE.hresult, win32: 2148204816 },
  { name: 'CERT_E_EXPIRED', hresult: certificateCodes.CERT_E_EXPIRED.hresult, win32: 2148204801 },
  {
    name: 'CRYPT_E_REVOCATION_OFFLINE',
    hresult: certificateCodes.CRYPT_E_REVOCATION_OFFLINE.hresult,
    win32: 2148081683,
  },
] as const

for (const { name, hresult, win32 } of logged) {
  t.test(`logged: ${name}`, async (t) => {
    t.equal(loggedWin32(hresult), win32)
    t.equal(loggedWin32(hresult | 0), win32, 'also when the value came as a signed integer')
  })
}
