import t from 'tap'
import { readConfiguration } from './read-configuration.ts'
import { host, web, access, location } from './testdata/build.ts'

const applications = '<application path="/"/><application path="/app"/>'

const precedence: readonly {
  readonly name: string
  readonly files: Parameters<typeof readConfiguration>[0]
  readonly path: string
  readonly sslFlags: readonly string[]
}[] = [
  {
    name: 'a location of the site wins over the server',
    files: { applicationHost: host(access('Ssl') + location('S', access('Ssl128'))) },
    path: '/',
    sslFlags: ['Ssl128'],
  },
  {
    name: 'a location of the server, path "", wins over the root of the file',
    files: { applicationHost: host(location('', access('Ssl128')) + access('Ssl')) },
    path: '/',
    sslFlags: ['Ssl128'],
  },
  {
    name: 'the more specific location wins, whatever their order',
    files: { applicationHost: host(location('S/a/b.asp', access('Ssl128')) + location('S', access('Ssl'))) },
    path: '/a/b.asp',
    sslFlags: ['Ssl128'],
  },
  {
    name: 'a location holds below its path',
    files: { applicationHost: host(location('s/A', access('Ssl128'))) },
    path: '/a/b/c.asp/info',
    sslFlags: ['Ssl128'],
  },
  {
    name: 'a location does not hold beside its path',
    files: { applicationHost: host(location('S/a', access('Ssl128'))) },
    path: '/ab',
    sslFlags: [],
  },
  {
    name: 'the web.config of the site wins over the location of the site',
    files: { applicationHost: host(location('S', access('Ssl128'))), webConfigs: [web(access('Ssl'))] },
    path: '/',
    sslFlags: ['Ssl'],
  },
  {
    name: 'a location of an application wins over the web.config of the site above it',
    files: {
      applicationHost: host(location('S/app', access('Ssl128')), applications),
      webConfigs: [web(access('Ssl'))],
    },
    path: '/app',
    sslFlags: ['Ssl128'],
  },
  {
    name: 'the web.config of a folder wins over a location of the file above',
    files: {
      webConfigs: [
        web(access('SslMapCert'), '/app'),
        web(location('app', access('Ssl')), '/', 'root.config'),
      ],
    },
    path: '/app/x',
    sslFlags: ['SslMapCert'],
  },
  {
    name: 'a location in the web.config of a folder is relative to the folder',
    files: { webConfigs: [web(location('sub/page.asp', access('Ssl')), '/app')] },
    path: '/app/sub/page.asp',
    sslFlags: ['Ssl'],
  },
  {
    name: 'location path "." is the folder itself',
    files: { webConfigs: [web(location('.', access('Ssl')))] },
    path: '/x',
    sslFlags: ['Ssl'],
  },
  {
    name: 'inheritInChildApplications="false" ends at a child application',
    files: {
      applicationHost: host('', applications),
      webConfigs: [web(location('.', access('Ssl'), 'inheritInChildApplications="false"'))],
    },
    path: '/app/x',
    sslFlags: [],
  },
  {
    name: 'inheritInChildApplications="false" does not end at a folder',
    files: {
      applicationHost: host('', applications),
      webConfigs: [web(location('.', access('Ssl'), 'inheritInChildApplications="false"'))],
    },
    path: '/folder/x',
    sslFlags: ['Ssl'],
  },
  {
    name: 'inheritInChildApplications="false" for a child application itself holds there',
    files: {
      applicationHost: host('', applications),
      webConfigs: [web(location('app', access('Ssl'), 'inheritInChildApplications="FALSE"'))],
    },
    path: '/app/folder',
    sslFlags: ['Ssl'],
  },
  {
    name: 'a path is not decoded again: %61 is three characters of a name',
    files: { webConfigs: [web(location('app', access('Ssl')))] },
    path: '/%61pp/page',
    sslFlags: [],
  },
]

for (const { name, files, path, sslFlags } of precedence) {
  t.test(name, async (t) => {
    t.strictSame(readConfiguration(files).sites[0]!.settingsFor(path).access.sslFlags, sslFlags)
  })
}
