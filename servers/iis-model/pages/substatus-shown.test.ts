import t from 'tap'
import { substatusShown } from './substatus-shown.ts'

const pages = [
  { name: 'IIS 7 and later', body: '<h2>HTTP Error 403.16 - Forbidden</h2>', substatus: 16 },
  { name: 'without a finer code', body: '<h2>HTTP Error 500.0 - Internal Server Error</h2>', substatus: 0 },
  { name: 'IIS 6', body: '<h2>HTTP Error 403.12 - Forbidden: Client certificate<br>Internet', substatus: 12 },
  { name: 'IIS 5, with a style', body: '<h2 style="font:8pt">HTTP 403.7 - Forbidden: x<br>', substatus: 7 },
  { name: 'the static page', body: '<h2>403 - Forbidden: Access is denied.</h2>', substatus: null },
  { name: 'a status alone', body: '<h2>HTTP Error 404 - File not found</h2>', substatus: null },
  { name: 'what a client wrote', body: '<td>&lt;h2&gt;HTTP Error 403.99 - Forbidden</td>', substatus: null },
  { name: 'plain text of a client', body: 'URL=<h2>HTTP Error 403.99 - x', substatus: null },
  { name: 'nothing', body: '', substatus: null },
  { name: 'headings without end', body: '<h2'.repeat(20_000), substatus: null },
] as const

for (const { name, body, substatus } of pages) {
  t.test(name, async (t) => {
    t.equal(substatusShown(body), substatus)
  })
}
