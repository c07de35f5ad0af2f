import picomatch from 'picomatch'
import t from 'tap'
import { rerunCommand } from './rerun.ts'

const cases = [
  {
    name: 'an ordinary id',
    id: 'nginx/require/tls1.3/node/client-certificate/validity/expired',
    option: "--grep 'nginx/require/tls1.3/node/client-certificate/validity/expired'",
  },
  { name: 'a quote ends no shell word', id: "it's; rm -rf", option: String.raw`--grep 'it'\''s; rm -rf'` },
  {
    name: 'glob characters stand for themselves',
    id: 'a*[b](c)',
    option: String.raw`--grep 'a\*\[b\]\(c\)'`,
  },
  { name: 'an invisible character matches any', id: 'a\u001b[2Jb', option: String.raw`--grep 'a?\[2Jb'` },
] as const

for (const { name, id, option } of cases) {
  t.test(name, async (t) => {
    t.strictSame(rerunCommand(id), { command: 'countersign run', option })
    const glob = option.slice("--grep '".length, -1).replaceAll(String.raw`'\''`, "'")
    t.ok(picomatch(glob)(id), 'the glob finds the cell')
  })
}
