import t from 'tap'
import { ACCESS_DENIED } from '../codes.ts'
import { formatW3cHeader, formatW3cLine, parseW3cLog } from './w3c-log.ts'
import type { W3cEntry } from './w3c-log.ts'

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

t.test('the header names the fields in the order of IIS 8 and later', async (t) => {
  t.equal(
    formatW3cHeader('Microsoft Internet Information Services 10.0', ENDED_AT),
    [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Version: 1.0',
      '#Date: 2026-11-20 09:45:13',
      '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) ' +
        'cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
      '',
    ].join('\r\n'),
  )
})

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
    name: 'addresses that were not to be had',
    changes: { server: { ip: undefined, port: undefined }, clientIp: undefined, target: undefined },
    line: '2026-11-20 09:45:13 - GET - - - - - - - 403 7 5 2',
  },
] as const

for (const { name, changes, line } of lines) {
  t.test(`a line: ${name}`, async (t) => {
    const written = formatW3cLine({ ...entry, ...changes })
    t.equal(written, line)
    const [record, ...others] = parseW3cLog(`${formatW3cHeader('x', ENDED_AT)}${written}\r\n`)
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
