import { readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { responseFor } from './response.ts'
import { substatusShown } from './substatus-shown.ts'
import { contextOf, hostile, served, untrusted } from './testdata/context.ts'
import type { Changes } from './testdata/context.ts'

const golden = [
  { file: 'iis-10-detailed-403-16.html', answer: untrusted, changes: { url: '/app/page?cell=1' }, shown: 16 },
  { file: 'iis-10-static-403.html', answer: untrusted, changes: { local: false }, shown: null },
  {
    file: 'iis-6-403-12.html',
    answer: { ...untrusted, substatus: 12, hresult: 0x80070005 },
    changes: { profile: 'iis-6' },
    shown: 12,
  },
  { file: 'iis-5-403-16.html', answer: untrusted, changes: { profile: 'iis-5' }, shown: 16 },
  { file: 'logoninfo.txt', answer: served, changes: { url: '/logoninfo.asp?format=text' }, shown: null },
] as const

for (const { file, answer, changes, shown } of golden) {
  t.test(`the page is that of ${file}`, async (t) => {
    const { body, headers } = responseFor(answer, contextOf(changes))
    const committed = new URL(`testdata/${file}`, import.meta.url)
    const text = body.replaceAll('\r\n', '\n')
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(committed, text)
    t.equal(text, readFileSync(committed, 'utf8'))
    t.equal(headers['Content-Length'], String(Buffer.byteLength(body)))
    t.equal(substatusShown(body), shown)
  })
}

const modes = [
  { errorMode: 'DetailedLocalOnly', local: true, shown: 16 },
  { errorMode: 'DetailedLocalOnly', local: false, shown: null },
  { errorMode: 'Detailed', local: false, shown: 16 },
  { errorMode: 'Custom', local: true, shown: null },
] as const

for (const { shown, ...changes } of modes) {
  t.test(`httpErrors ${changes.errorMode}, ${changes.local ? 'local' : 'remote'}`, async (t) => {
    const { body, headers } = responseFor(untrusted, contextOf(changes))
    t.equal(substatusShown(body), shown)
    t.equal(headers['Cache-Control'], shown === null ? undefined : 'private')
    t.equal(headers['Content-Type'], shown === null ? 'text/html' : 'text/html; charset=utf-8')
  })
}

t.test('Custom and Detailed do not exist before IIS 7', async (t) => {
  for (const errorMode of ['Custom', 'Detailed'] as const) {
    t.equal(substatusShown(responseFor(untrusted, contextOf({ profile: 'iis-6', errorMode })).body), 16)
  }
})

t.test('the same static page for every substatus', async (t) => {
  const page = (substatus: number) =>
    responseFor({ ...untrusted, substatus }, contextOf({ local: false })).body
  t.equal(page(7), page(16))
})

t.test('headers: server, challenges, the end of the connection', async (t) => {
  const answer = {
    ...untrusted,
    status: 401,
    challenges: ['Basic realm="a\r\nb\u20ac\xe9"', 'Negotiate'],
    close: true,
  }
  t.match(responseFor(answer, contextOf({ profile: 'iis-8.5' })).headers, {
    Server: 'Microsoft-IIS/8.5',
    'X-Powered-By': 'ASP.NET',
    'WWW-Authenticate': ['Basic realm="ab\xe9"', 'Negotiate'],
    Connection: 'close',
  })
  const http2 = contextOf({ headers: { ':path': '/', ':authority': 'localhost' } })
  t.notOk('Connection' in responseFor(answer, http2).headers, 'HTTP/2 has no Connection')
  const old = responseFor(untrusted, contextOf({ profile: 'iis-5' })).headers
  t.strictSame(Object.keys(old), ['Content-Type', 'Content-Length', 'Server'])
})

const users = [
  { user: null, method: 'Not yet determined', name: 'Not yet determined' },
  { user: { name: null, authType: '' }, method: 'Anonymous', name: 'Anonymous' },
  { user: { name: 'DOMAIN\\alice', authType: 'SSL/PCT' }, method: 'SSL/PCT', name: 'DOMAIN\\alice' },
] as const

for (const { user, method, name } of users) {
  t.test(`who is logged on: ${name}`, async (t) => {
    const { body } = responseFor({ ...untrusted, user }, contextOf())
    t.ok(body.includes(`<tr><th>Logon Method</th><td>${method}</td></tr>`))
    t.ok(body.includes(`<tr><th>Logon User</th><td>${name}</td></tr>`))
  })
}

const handlers = [
  { url: '/', handler: 'StaticFile', path: 'C:\\inetpub\\wwwroot\\' },
  { url: '/a.htm?b', handler: 'StaticFile', path: 'C:\\inetpub\\wwwroot\\a.htm' },
  {
    url: '/a%20b/c',
    handler: 'ExtensionlessUrlHandler-Integrated-4.0',
    path: 'C:\\inetpub\\wwwroot\\a b\\c',
  },
  { url: '/x/a.asp', handler: 'ASPClassic', path: 'C:\\inetpub\\wwwroot\\x\\a.asp' },
  { url: '/%zz', handler: 'ExtensionlessUrlHandler-Integrated-4.0', path: 'C:\\inetpub\\wwwroot\\%zz' },
] as const

for (const { url, handler, path } of handlers) {
  t.test(`handler and physical path of ${url}`, async (t) => {
    const { body } = responseFor(untrusted, contextOf({ url }))
    t.ok(body.includes(`<tr><th>Handler</th><td>${handler}</td></tr>`))
    t.ok(body.includes(`<tr><th>Physical Path</th><td>${path}</td></tr>`))
  })
}

const everywhere: readonly (Changes & { readonly name: string })[] = [
  { name: 'the path', url: `/${hostile}` },
  { name: 'the path, percent-encoded', url: `/${encodeURIComponent(hostile.slice(0, -1))}` },
  { name: 'the query', url: `/?a=${hostile}` },
  { name: 'the query of logoninfo', url: `/logoninfo.asp?a=${hostile}` },
  { name: 'Host', headers: { host: hostile } },
  {
    name: 'a header of logoninfo',
    url: '/logoninfo.asp',
    headers: { 'user-agent': hostile, [hostile]: 'x' },
  },
  { name: 'a text of logoninfo', url: '/logoninfo.asp?format=text', headers: { 'user-agent': hostile } },
  { name: 'the name of the site', url: '/logoninfo.asp', site: hostile },
  { name: 'a path of 64 kB', url: `/${'<'.repeat(65_536)}` },
  {
    name: 'headers of 64 kB',
    url: '/logoninfo.asp',
    headers: { host: 'h'.repeat(65_536), 'x-a': '\0'.repeat(65_536) },
  },
]

for (const { name, ...changes } of everywhere) {
  t.test(`hostile: ${name}`, async (t) => {
    for (const answer of [
      untrusted,
      served,
      { ...untrusted, user: { name: hostile, authType: 'Basic' } } as const,
    ]) {
      const { body, headers } = responseFor(answer, contextOf(changes))
      if (String(headers['Content-Type']).startsWith('text/html'))
        t.notMatch(body, /<script|<h2>HTTP Error 403\.99/)
      t.notMatch(body.replaceAll('\r\n', ''), /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Cs}]/u)
      t.ok(body.length < 300_000, 'bounded')
      t.equal(
        substatusShown(body),
        answer.status === 403 ? 16 : null,
        'the page cannot be talked into another substatus',
      )
    }
  })
}

t.test('a mapped user who is hostile stays one line of the text', async (t) => {
  const context = contextOf({
    url: '/logoninfo.aspx',
    headers: { accept: 'text/html;q=0.5, Text/Plain; q=1' },
    sources: { user: { name: hostile, authType: 'SSL/PCT' } },
  })
  const { body, headers } = responseFor(served, context)
  t.equal(headers['Content-Type'], 'text/plain; charset=utf-8')
  t.equal(body.split('\r\n').filter((line) => line.startsWith('LOGON_USER=')).length, 1)
  t.ok(
    body
      .trimEnd()
      .split('\r\n')
      .every((line) => /^[^=]+=/.test(line)),
  )
})
