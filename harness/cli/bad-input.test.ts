/** Whatever is wrong with a command line: exit code 2, a message that helps, nothing on stdout, no stack trace. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pLimit from 'p-limit'
import t from 'tap'
import { countersign } from './testdata/command.ts'

const cwd = t.testdir({
  file: 'not a folder',
  empty: '',
  'no-log.json': '{"a":1}\n',
  'no-json.ndjson': 'hello\n',
  'other-version.ndjson': '{"type":"run-started","schemaVersion":99}\n',
  'empty-folder': {},
  'no-json-baseline.json': '{',
  'no-baseline.json': '{"a":1}',
  'other-baseline.json': '{"schemaVersion":99,"cells":{}}',
  'web.config': '<configuration/>',
  'bad.config':
    '<configuration><system.webServer><security><access sslFlags="Ssl, Maybe"/></security></system.webServer></configuration>',
  'bad.yaml': 'sslcert:\n  usagecheck: perhaps\n',
  'torn.yaml': 'sslcert: {',
  'odd-baseline.json': '{"schemaVersion":1,"cells":{"no id":"accepted"}}',
})
mkdirSync(join(cwd, 'damaged'))
writeFileSync(join(cwd, 'damaged', 'countersign-pki.json'), '{"schemaVersion":')

interface BadInput {
  readonly args: string
  readonly says: RegExp
  readonly env?: Readonly<Record<string, string>>
}

const cases: readonly BadInput[] = [
  { args: '', says: /Usage: countersign/ },
  { args: 'nope', says: /unknown command 'nope'/ },
  { args: 'serve', says: /missing required argument 'server'/ },
  { args: 'serve nope', says: /'nope' is not known.*\n.*server\n.*known: .*iis-10/ },
  { args: 'serve iis-10 --policy nope', says: /no policy 'nope'.*\n.*--policy\n.*known: none, ssl/ },
  { args: 'serve iis-10 --port 65536', says: /expected a port number from 0 to 65535/ },
  { args: 'serve iis-10 --backend container', says: /no container backend.*\n.*\n.*embedded/ },
  { args: 'serve iis-10 --machine file', says: /it belongs to --config/ },
  { args: 'serve node-https --config file', says: /cannot be started from a configuration.*\n.*\n.*iis-10/ },
  { args: 'serve iis-10 --config nope.config', says: /cannot read.*\n.*nope\.config/ },
  { args: 'serve iis-10 --config file', says: /ERR_IIS_CONFIGURATION.*\n.*file:1:1/ },
  { args: 'serve iis-10 --config web.config --policy require', says: /--config takes its place/ },
  {
    args: 'serve iis-10 --config web.config --site other',
    says: /no site .other.[^]*Default Web Site/,
  },
  {
    args: 'serve iis-10 --config web.config --machine bad.yaml',
    says: /ERR_MACHINE_FILE.*\n.*bad\.yaml:2:\d+/,
  },
  {
    args: 'serve iis-10 --config web.config --machine torn.yaml',
    says: /ERR_MACHINE_FILE.*\n.*torn\.yaml:1/,
  },
  { args: 'serve iis-10 --config bad.config', says: /ERR_IIS_CONFIGURATION.*\n.*bad\.config:1:\d+/ },
  { args: 'serve iis-10 --host 203.0.113.1', says: /cannot listen: .*EADDRNOTAVAIL/ },
  { args: 'issue --out x --distribution-point ftp://x', says: /expected an http URL/ },
  { args: 'run --nope', says: /unknown option '--nope'/ },
  { args: 'run --config x.yaml', says: /unknown option '--config'/ },
  { args: 'run extra', says: /too many arguments/ },
  { args: 'run --server', says: /argument missing/ },
  { args: 'run --server nope', says: /'nope' is not known.*\n.*--server\n.*known: .*node-https/ },
  { args: 'run --server node-https,', says: /names separated by commas/ },
  { args: 'run --client nope', says: /'nope' is not known.*\n.*--client\n.*known: node/ },
  { args: 'run --identity nope', says: /'nope' is not known.*\n.*--identity\n.*known: .*expired/ },
  { args: 'run --backend vm', says: /expected one of embedded, native, container, auto/ },
  { args: 'run --tls 1.1', says: /expected 1\.2 or 1\.3, found '1\.1'/ },
  { args: 'run --shard 0/3', says: /expected I\/N/ },
  { args: 'run --shard 4/3', says: /expected I\/N/ },
  { args: 'run --shard x', says: /expected I\/N/ },
  { args: 'run --concurrency 0', says: /expected a whole number from 1/ },
  { args: 'run --concurrency -1', says: /expected a whole number from 1/ },
  { args: 'run --concurrency 1e9', says: /expected a whole number from 1/ },
  { args: 'run --timeout abc', says: /expected a whole number from 1/ },
  { args: 'run --grep nothing/**', says: /no cell matches.*\n.*nothing\/\*\*.*\n.*list cells/ },
  { args: 'run --grep [', says: /ERR_GLOB/ },
  { args: 'run --grep=', says: /ERR_GLOB/ },
  { args: 'run --reporter nope', says: /'nope' is not a reporter.*\n.*\n.*known: console/ },
  { args: 'run --reporter json --reporter tap', says: /at most one reporter on stdout/ },
  { args: 'run --reporter json=x --reporter tap=./x', says: /at most one reporter on a file/ },
  { args: 'run --reporter json=', says: /expected a file name/ },
  { args: 'run --reporter json=file/x', says: /report cannot be written.*\n.*file\/x\n.*hint/ },
  { args: 'run --reporter json=empty-folder', says: /report cannot be written.*\n.*empty-folder\n/ },
  { args: 'run --output file/x', says: /output directory cannot be made.*\n.*file\/x\n.*--output/ },
  { args: 'run --output=', says: /expected a path/ },
  { args: 'run --pki nowhere', says: /ERR_PKI_FOLDER.*\n.*nowhere.*\n.*countersign issue/ },
  { args: 'run --pki damaged', says: /ERR_PKI_FOLDER.*\n.*damaged/ },
  { args: 'run --require nonsense', says: /'nonsense' is not a server, client or backend.*\n.*--require/ },
  { args: 'run', env: { COUNTERSIGN_REQUIRE: 'nonsense' }, says: /'nonsense'.*\n.*COUNTERSIGN_REQUIRE/ },
  { args: 'run --baseline nowhere.json', says: /ERR_BASELINE.*\n.*nowhere.json\n.*--update-baseline/ },
  { args: 'run --baseline no-json-baseline.json', says: /the baseline is no JSON/ },
  { args: 'run --baseline no-baseline.json', says: /expected schemaVersion and cells/ },
  { args: 'run --baseline other-baseline.json', says: /expected schemaVersion 1, found 99/ },
  { args: 'run --baseline odd-baseline.json', says: /expected a cell's id.*found 'no id'/ },
  { args: 'run --update-baseline --baseline no-baseline.json', says: /ERR_BASELINE/ },
  { args: 'run --update-baseline --baseline nowhere/b.json', says: /ERR_BASELINE.*\n.*nowhere\/b.json/ },
  { args: 'list', says: /missing required argument/ },
  { args: 'list nothing', says: /Allowed choices are servers/ },
  { args: 'issue', says: /required option '--out <dir>'/ },
  { args: 'issue unknown --out x', says: /'unknown' is not known/ },
  { args: 'issue --out file/x', says: /ERR_PKI_FOLDER_WRITE.*\n.*file\/x/ },
  { args: 'report', says: /missing required argument/ },
  { args: 'report nowhere', says: /found nothing.*\n.*nowhere\n.*--output/ },
  { args: 'report empty-folder', says: /ERR_RUN_LOG.*\n.*empty-folder/ },
  { args: 'report empty', says: /found an empty file.*\n.*empty/ },
  { args: 'report no-log.json', says: /expected .*event.*\n.*no-log.json:1/ },
  { args: 'report no-json.ndjson', says: /expected a JSON event.*\n.*no-json.ndjson:1/ },
  { args: 'report other-version.ndjson', says: /expected schemaVersion 1, found 99/ },
]

/** A process takes its time to start, and every case is one. */
const limit = pLimit(4)
const runs = cases.map(({ args, env }) =>
  limit(() => countersign(args === '' ? [] : args.split(' '), { cwd, ...(env && { env }) })),
)

for (const [at, { args, env, says }] of cases.entries()) {
  t.test(`${Object.entries(env ?? {}).join()} countersign ${args}`.trim(), async (t) => {
    const { exitCode, stdout, stderr } = await runs[at]!
    t.equal(exitCode, 2)
    t.match(stderr, says)
    t.notMatch(stderr, /^\s+at /m)
    t.equal(stdout, '')
  })
}
