import t from 'tap'
import { ACCESS_DENIED } from '../codes.ts'
import { profiles } from '../profiles.ts'
import { serverLogEntry } from './server-log-entry.ts'
import { formatW3cHeader, formatW3cLine, parseW3cLog } from './w3c-log.ts'
import type { W3cEntry } from './w3c-log.ts'

const profileOf = (name: string) => profiles.find((profile) => profile.name === name)!
const iis10 = profileOf('iis-10')

const ENDED_AT = Date.UTC(2026, 10, 20, 9, 45, 13, 999)

const entry: W3cEntry = {
  endedAt: ENDED_AT,
  durationMs: 2.4,
  server: { ip: '127.0.0.1', port: 443 },
  clientIp: '127.0.0.2',
  method: 'GET',
  target: '/',
  userAgent: undefined,
  referer: undefined,
  username: null,
  status: 403,
  substatus: 7,
  hresult: ACCESS_DENIED,
}

const IIS_7_FIELDS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) ' +
  'sc-status sc-substatus sc-win32-status time-taken'
const IIS_8_FIELDS = IIS_7_FIELDS.replace('cs(User-Agent)', 'cs(User-Agent) cs(Referer)')

const generations = [
  {
    name: 'iis-10',
    software: '10.0',
    fields: IIS_8_FIELDS,
    line: '2026-11-20 09:45:13 127.0.0.1 GET / - 443 - 127.0.0.2 curl - 403 7 5 2',
    entry: { status: 403, substatus: 7, win32: 5 },
  },
  {
    name: 'iis-8.5',
    software: '8.5',
    fields: IIS_8_FIELDS,
    line: '2026-11-20 09:45:13 127.0.0.1 GET / - 443 - 127.0.0.2 curl - 403 7 5 2',
    entry: { status: 403, substatus: 7, win32: 5 },
  },
  {
    name: 'iis-7.5',
    software: '7.5',
    fields: IIS_7_FIELDS,
    line: '2026-11-20 09:45:13 127.0.0.1 GET / - 443 - 127.0.0.2 curl 403 7 5 2',
    entry: { status: 403, substatus: 7, win32: 5 },
  },
  {
    name: 'iis-6',
    software: '6.0',
    fields: IIS_7_FIELDS.replace('time-taken', ''),
    line: '2026-11-20 09:45:13 127.0.0.1 GET / - 443 - 127.0.0.2 curl 403 7 5',
    entry: { status: 403, substatus: 7, win32: 5 },
  },
  {
    name: 'iis-5',
    software: '5.0',
    fields:
      'date time c-ip cs-username s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status sc-win32-status ' +
      'cs(User-Agent) ',
    line: '2026-11-20 09:45:13 127.0.0.2 - 127.0.0.1 443 GET / - 403 5 curl',
    entry: { status: 403, substatus: null, win32: 5 },
  },
] as const

for (const { name, software, fields, line, entry: expected } of generations) {
  t.test(`the log of ${name}: header, line, and what is read back from it`, async (t) => {
    const profile = profileOf(name)
    const header = formatW3cHeader(profile, ENDED_AT)
    t.equal(
      header,
      [
        `#Software: Microsoft Internet Information Services ${software}`,
        '#Version: 1.0',
        '#Date: 2026-11-20 09:45:13',
        `#Fields: ${fields}`,
        '',
      ].join('\r\n'),
    )
    t.equal(formatW3cLine(profile, { ...entry, userAgent: 'curl' }), line)
    const [record] = parseW3cLog(`${header}${line}\r\n`)
    t.strictSame(serverLogEntry(record!), { ...expected, user: null, verify: null, line })
  })
}

const lines = [
  {
    name: 'empty values are -',
    changes: {},
    line: '2026-11-20 09:45:13 127.0.0.1 GET / - 443 - 127.0.0.2 - - 403 7 5 2',
  },
  {
    name: 'every value',
    changes: {
      target: '/a/b?cell=8f&x=1',
      userAgent: 'Mozilla/5.0 (X11)',
      referer: 'https://a/',
      username: 'test',
    },
    line: '2026-11-20 09:45:13 127.0.0.1 GET /a/b cell=8f&x=1 443 test 127.0.0.2 Mozilla/5.0+(X11) https://a/ 403 7 5 2',
  },
  {
    name: 'a target in absolute form is logged without its authority',
    changes: { target: 'https://localhost:443/a?b' },
    line: '2026-11-20 09:45:13 127.0.0.1 GET /a b 443 - 127.0.0.2 - - 403 7 5 2',
  },
  {
    name: 'an empty query and a clock that went backwards',
    changes: { target: '/?', durationMs: -5 },
    line: '2026-11-20 09:45:13 127.0.0.1 GET / - 443 - 127.0.0.2 - - 403 7 5 0',
  },
  {
    name: 'control characters, bytes above ASCII and what is above bytes',
    changes: { userAgent: 'a\r\n#Fields: x\t\x00\x7f\xe9\u20ac\u{1f600}' },
    line:
      '2026-11-20 09:45:13 127.0.0.1 GET / - 443 - 127.0.0.2 ' +
      'a%0D%0A#Fields:+x%09%00%7F%E9%E2%82%AC%F0%9F%98%80 - 403 7 5 2',
  },
  {
    name: 'markup, and characters that turn the reading direction around',
    changes: { target: '/<script>?a="b"', referer: 'https://a/\u202egpj.exe', username: 'DOMAIN\\a b' },
    line:
      '2026-11-20 09:45:13 127.0.0.1 GET /<script> a="b" 443 DOMAIN\\a+b 127.0.0.2 - ' +
      'https://a/%E2%80%AEgpj.exe 403 7 5 2',
  },
  {
    name: 'values that are too long',
    changes: { userAgent: 'a'.repeat(65_536), referer: '\r'.repeat(1366), username: 'u'.repeat(4096) },
    line: `2026-11-20 09:45:13 127.0.0.1 GET / - 443 ${'u'.repeat(4096)} 127.0.0.2 ... ... 403 7 5 2`,
  },
  {
    name: 'addresses that were not to be had',
    changes: { server: { ip: undefined, port: undefined }, clientIp: undefined, target: undefined },
    line: '2026-11-20 09:45:13 - GET - - - - - - - 403 7 5 2',
  },
] as const

for (const { name, changes, line } of lines) {
  t.test(`a line: ${name}`, async (t) => {
    const written = formatW3cLine(iis10, { ...entry, ...changes })
    t.equal(written, line)
    const [record, ...others] = parseW3cLog(`${formatW3cHeader(iis10, ENDED_AT)}${written}\r\n`)
    t.equal(record?.line, line)
    t.equal(record?.values.get('sc-win32-status'), '5', 'it is read back')
    t.strictSame(others, [])
  })
}

t.test('the parser takes the fields from the log, also when they change', async (t) => {
  const text = [
    'a b c',
    '#Fields: sc-status sc-substatus',
    '403 7',
    '403 7 extra',
    '#Remark',
    '',
    '#Fields:  cs-username   sc-status',
    '- 200',
  ].join('\n')
  t.strictSame(
    parseW3cLog(text).map(({ values }) => Object.fromEntries(values)),
    [
      { 'sc-status': '403', 'sc-substatus': '7' },
      { 'cs-username': null, 'sc-status': '200' },
    ],
  )
})

t.test(
  'a published line that prints an NTSTATUS signed is read as unsigned, and words as nothing',
  async (t) => {
    const [signed, words] = parseW3cLog('#Fields: sc-status sc-win32-status\n401 -1073741715\nOK 0x80\n')
    t.match(serverLogEntry(signed!), { status: 401, substatus: null, win32: 0xc000006d })
    t.match(serverLogEntry(words!), { status: null, win32: null })
  },
)
