/** What s_client printed, cut to the lines that matter. 3.0 was recorded with 3.0.19; 1.1.1 and 3.5 follow their apps/. */
import t from 'tap'
import { errorLine, readSClientOutput } from './s-client-output.ts'

const SIGNATURE_ALGORITHMS = `Requested Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256
Shared Requested Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256`
const TYPES = 'Client Certificate Types: RSA sign, DSA sign, ECDSA sign'

const rest = `---
SSL handshake has read 1381 bytes and written 335 bytes
Verification: OK
---
New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384
Verify return code: 0 (ok)
---
`

/** `request` stands between the server's certificate and the byte counts. */
const printed = (request: string, keys = 'Peer signing digest: SHA256\nServer Temp Key: X25519, 253 bits') =>
  `CONNECTED(00000003)
---
Server certificate
subject=CN=localhost,O=Countersign
issuer=CN=root-a,O=Countersign
---
${request}
${keys}
${rest}`

const NO_NAMES = 'No client certificate CA names sent'
const NAMES = `Acceptable client certificate CA names
CN=root-a,O=Countersign
CN=M\u00fcller \\, S\u00f6hne,O=Countersign`
const authorities = ['CN=root-a,O=Countersign', 'CN=M\u00fcller \\, S\u00f6hne,O=Countersign']

const requests = [
  { name: 'no request', stdout: printed(NO_NAMES), certificateRequested: false, authorities: [] },
  {
    name: 'TLS 1.3, no names',
    stdout: printed(`${NO_NAMES}\n${SIGNATURE_ALGORITHMS}`),
    certificateRequested: true,
    authorities: [],
  },
  {
    name: 'TLS 1.2, no names',
    stdout: printed(`${NO_NAMES}\n${TYPES}\n${SIGNATURE_ALGORITHMS}`),
    certificateRequested: true,
    authorities: [],
  },
  {
    name: 'TLS 1.3, names',
    stdout: printed(`${NAMES}\n${SIGNATURE_ALGORITHMS}`),
    certificateRequested: true,
    authorities,
  },
  {
    name: 'TLS 1.2, names',
    stdout: printed(`${NAMES}\n${TYPES}\n${SIGNATURE_ALGORITHMS}`),
    certificateRequested: true,
    authorities,
  },
  {
    name: 'OpenSSL 3.5, names and its lines about keys',
    stdout: printed(
      `${NAMES}\n${SIGNATURE_ALGORITHMS}`,
      'Peer signing digest: SHA256\nPeer signature type: rsa_pss_rsae_sha256\nNegotiated TLS1.3 group: X25519MLKEM768',
    ),
    certificateRequested: true,
    authorities,
  },
  {
    name: 'an empty name',
    stdout: printed(`Acceptable client certificate CA names\n\n${SIGNATURE_ALGORITHMS}`),
    certificateRequested: true,
    authorities: [''],
  },
  {
    name: 'a page that talks like s_client',
    stdout: `${printed(NO_NAMES)}HTTP/1.1 200 OK\r\nContent-Length: 92\r\n\r\n${NAMES}\n${SIGNATURE_ALGORITHMS}`,
    certificateRequested: false,
    authorities: [],
  },
  { name: 'nothing at all', stdout: '', certificateRequested: false, authorities: [] },
] as const

for (const { name, stdout, certificateRequested, authorities } of requests) {
  t.test(`request: ${name}`, async (t) => {
    const { claims } = readSClientOutput(stdout, '')
    t.match(claims, { certificateRequested, alert: null })
    t.strictSame(claims.certificateAuthorities, authorities)
  })
}

const alerts = [
  {
    name: '3.0, certificate_required',
    stderr:
      'depth=1 CN=root-a,O=Countersign\nverify return:1\n40874B486C7F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../ssl/record/rec_layer_s3.c:1601:SSL alert number 116\n',
    alert: 'certificate_required',
    number: 116,
    line: 'error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../ssl/record/rec_layer_s3.c:1601:SSL alert number 116',
  },
  {
    name: '1.1.1, handshake_failure',
    stderr:
      'verify return:1\n139700:error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../ssl/record/rec_layer_s3.c:1543:SSL alert number 40\n',
    alert: 'handshake_failure',
    number: 40,
    line: 'error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../ssl/record/rec_layer_s3.c:1543:SSL alert number 40',
  },
  {
    name: 'a number that is not registered',
    stderr: '40C7:error:0A0003E8:SSL routines:ssl3_read_bytes:reason(1200):x.c:1:SSL alert number 200\n',
    alert: 'alert_200',
    number: 200,
    line: 'error:0A0003E8:SSL routines:ssl3_read_bytes:reason(1200):x.c:1:SSL alert number 200',
  },
  {
    name: 'an error that is no alert',
    stderr:
      '40C7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:\n',
    alert: null,
    number: null,
    line: 'error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:',
  },
  { name: 'a reset', stderr: 'write:errno=104\n', alert: null, number: null, line: 'write:errno=104' },
  { name: 'nothing', stderr: '', alert: null, number: null, line: '' },
] as const

for (const { name, stderr, alert, number, line } of alerts) {
  t.test(`alert: ${name}`, async (t) => {
    const { claims, alertReceived } = readSClientOutput('', stderr)
    t.equal(claims.alert, alert)
    t.equal(alertReceived, number)
    t.equal(errorLine(stderr), line)
  })
}

const answers = [
  { status: '200 OK', accepted: true },
  { status: '204', accepted: true },
  { status: '302 Found', accepted: false },
  { status: '403 Forbidden', accepted: false },
  { status: '500 Oops', accepted: false },
] as const

for (const { status, accepted } of answers) {
  t.test(`${status} ${accepted ? 'is' : 'is not'} acceptance`, async (t) => {
    const stdout = `${printed(NO_NAMES)}HTTP/1.1 ${status}\r\n\r\nclosed\n`
    t.equal(readSClientOutput(stdout, '').claims.accepted, accepted)
  })
}

t.test('without an answer nothing was accepted', async (t) => {
  t.match(readSClientOutput(printed(NO_NAMES), ''), { http: null, claims: { accepted: false } })
})
