import t from 'tap'
import { configurationFiles } from './configuration-files.ts'

const host = '<configuration><system.applicationHost/></configuration>'
const web = '<configuration/>'

t.test('applicationHost.config is told by what is in it, whatever its name', async (t) => {
  t.strictSame(
    configurationFiles([
      { path: 'from-customer.xml', text: host },
      { path: 'applicationHost.config', text: web },
    ]),
    {
      applicationHost: { name: 'from-customer.xml', text: host },
      webConfigs: [{ name: 'applicationHost.config', path: '/', text: web }],
    },
  )
})

const places = [
  { path: 'web.config', name: 'web.config', folder: '/' },
  { path: '/app=web.config', name: 'web.config', folder: '/app' },
  { path: '/app/=a=b.config', name: 'a=b.config', folder: '/app' },
  { path: '/=web.config', name: 'web.config', folder: '/' },
  { path: '/home/me/web.config', name: '/home/me/web.config', folder: '/' },
]

for (const { path, name, folder } of places) {
  t.test(`${path} is of ${folder}`, async (t) => {
    t.strictSame(configurationFiles([{ path, text: web }]).webConfigs, [{ name, path: folder, text: web }])
  })
}

const twice = [
  { what: 'a second applicationHost.config', files: ['a', 'b'], text: host },
  { what: 'a second web.config of /', files: ['a', 'b'], text: web },
  { what: 'a second web.config of /app', files: ['/app=a', '/app/=b'], text: web },
]

for (const { what, files, text } of twice) {
  t.test(`refuses ${what}`, async (t) => {
    const given = files.map((path) => ({ path, text }))
    t.throws(() => configurationFiles(given), { code: 'ERR_IIS_CONFIGURATION', message: what, where: 'b' })
  })
}
