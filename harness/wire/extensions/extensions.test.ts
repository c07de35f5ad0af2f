/** Every extension decoder: what it gives, and both sides of each MUST. */
import t from 'tap'
import { ByteReader } from '../byte-reader.ts'
import { extension, hex, vector } from '../testdata/encode.ts'
import { decodeProtocolNames, decodeSelectedProtocol } from './application-layer-protocol-negotiation.ts'
import { decodeCertificateAuthorities } from './certificate-authorities.ts'
import { checkEmptyExtensions } from './empty-extension.ts'
import { extensionData, readExtensions, readOptionalExtensions } from './extension-list.ts'
import { decodeServerName } from './server-name.ts'
import { decodeSignatureAlgorithms } from './signature-algorithms.ts'
import { decodeOfferedVersions, decodeSelectedVersion } from './supported-versions.ts'

interface Case {
  readonly name: string
  readonly decode: (data: Uint8Array) => unknown
  readonly data: string
  /** What it gives, or the code that it refuses with. */
  readonly gives: unknown
}

const authorities = (data: Uint8Array) => decodeCertificateAuthorities(data).map(({ text }) => text)
const cn = '300c310a300806035504030c0161'

const cases: readonly Case[] = [
  { name: 'versions', decode: decodeOfferedVersions, data: '04 0304 0303', gives: ['TLSv1.3', 'TLSv1.2'] },
  { name: 'no version', decode: decodeOfferedVersions, data: '00', gives: 'ERR_VECTOR_LENGTH' },
  { name: 'half a version', decode: decodeOfferedVersions, data: '03 0304 03', gives: 'ERR_VECTOR_LENGTH' },
  {
    name: 'bytes after the versions',
    decode: decodeOfferedVersions,
    data: '02 0304 00',
    gives: 'ERR_TRAILING_BYTES',
  },
  { name: 'the selected version', decode: decodeSelectedVersion, data: '0304', gives: 'TLSv1.3' },
  {
    name: 'two selected versions',
    decode: decodeSelectedVersion,
    data: '03040303',
    gives: 'ERR_TRAILING_BYTES',
  },
  {
    name: 'schemes',
    decode: decodeSignatureAlgorithms,
    data: '0004 0403 0804',
    gives: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256'],
  },
  { name: 'no scheme', decode: decodeSignatureAlgorithms, data: '0000', gives: 'ERR_VECTOR_LENGTH' },
  {
    name: 'half a scheme',
    decode: decodeSignatureAlgorithms,
    data: '0003 0403 08',
    gives: 'ERR_VECTOR_LENGTH',
  },
  { name: 'schemes cut short', decode: decodeSignatureAlgorithms, data: '0004 0403', gives: 'ERR_TRUNCATED' },
  { name: 'CA names', decode: authorities, data: `0020 000e ${cn} 000e ${cn}`, gives: ['CN=a', 'CN=a'] },
  { name: 'a CA name that is not DER', decode: authorities, data: '0003 0001 ff', gives: ['#FF'] },
  {
    name: 'no CA names (RFC 8446 §4.2.4: at least 3 bytes)',
    decode: authorities,
    data: '0000',
    gives: 'ERR_VECTOR_LENGTH',
  },
  { name: 'an empty CA name', decode: authorities, data: '0004 0000 0000', gives: 'ERR_VECTOR_LENGTH' },
  {
    name: 'a CA name longer than the list',
    decode: authorities,
    data: '0003 0002 ff',
    gives: 'ERR_TRUNCATED',
  },
  { name: 'a host name', decode: decodeServerName, data: '0004 00 0001 61', gives: 'a' },
  {
    name: 'a name of another type first',
    decode: decodeServerName,
    data: '0008 01 0001 62 00 0001 61',
    gives: 'a',
  },
  { name: 'only a name of another type', decode: decodeServerName, data: '0004 01 0001 62', gives: null },
  { name: 'an empty host name', decode: decodeServerName, data: '0003 00 0000', gives: 'ERR_VECTOR_LENGTH' },
  { name: 'an empty list of names', decode: decodeServerName, data: '0000', gives: 'ERR_VECTOR_LENGTH' },
  { name: 'a host name of any bytes', decode: decodeServerName, data: '0005 00 0002 1bff', gives: '\x1bÿ' },
  { name: 'protocols', decode: decodeProtocolNames, data: '0006 02 6832 02 6833', gives: ['h2', 'h3'] },
  {
    name: 'an empty protocol name',
    decode: decodeProtocolNames,
    data: '0002 00 00',
    gives: 'ERR_VECTOR_LENGTH',
  },
  { name: 'no protocol', decode: decodeProtocolNames, data: '0000', gives: 'ERR_VECTOR_LENGTH' },
  { name: 'one selected protocol', decode: decodeSelectedProtocol, data: '0003 02 6832', gives: 'h2' },
  {
    name: 'two selected protocols',
    decode: decodeSelectedProtocol,
    data: '0006 02 6832 02 6833',
    gives: 'ERR_ALPN',
  },
]

for (const { name, decode, data, gives } of cases) {
  t.test(name, async (t) => {
    const read = () => decode(hex(data))
    if (typeof gives === 'string' && gives.startsWith('ERR_'))
      t.throws(read, { name: 'HarnessError', code: gives })
    else t.strictSame(read(), gives)
  })
}

const block = (...extensions: readonly Buffer[]) => new ByteReader(vector(2, ...extensions), 'test')

t.test('a block keeps order, numbers, names and bytes', async (t) => {
  const extensions = readExtensions(block(extension(0x2a2a, hex('')), extension(43, hex('0304'))))
  t.strictSame(
    extensions.map(({ type, name }) => [type, name]),
    [
      [0x2a2a, 'extension_10794'],
      [43, 'supported_versions'],
    ],
  )
  t.strictSame(extensionData(extensions, 'supported_versions'), hex('0304'))
  t.equal(extensionData(extensions, 'server_name'), null)
})

t.test('there MUST NOT be two extensions of one type', async (t) => {
  t.equal(readExtensions(block(extension(49, hex('')), extension(50, hex('')))).length, 2)
  t.throws(() => readExtensions(block(extension(49, hex('')), extension(49, hex('')))), {
    code: 'ERR_DUPLICATE_EXTENSION',
  })
})

t.test('the block may be absent where TLS 1.2 lets it', async (t) => {
  t.strictSame(readOptionalExtensions(new ByteReader(hex(''), 'test')), [])
  t.throws(() => readExtensions(new ByteReader(hex(''), 'test')), { code: 'ERR_TRUNCATED' })
})

t.test('post_handshake_auth MUST be empty', async (t) => {
  const check = (data: string) => () => {
    checkEmptyExtensions(readExtensions(block(extension(49, hex(data)))), ['post_handshake_auth'])
  }
  t.doesNotThrow(check(''))
  t.throws(check('00'), { code: 'ERR_EXTENSION_NOT_EMPTY' })
})
