/** Sorts the files of `--config`: which is applicationHost.config, and which folder each web.config is of. */
import { HarnessError } from '../../../harness/model/errors.ts'
import type { ConfigurationFile as GivenFile } from '../../../harness/model/server.ts'
import type { ConfigurationFile, WebConfig } from '../configuration/read-configuration.ts'

export interface SortedFiles {
  readonly applicationHost?: ConfigurationFile
  readonly webConfigs: readonly WebConfig[]
}

/** @throws HarnessError ERR_IIS_CONFIGURATION when two files claim the same place. */
export function configurationFiles(given: readonly GivenFile[]): SortedFiles {
  const hosts = given.filter(isApplicationHost).map(({ path, text }) => ({ name: path, text }))
  const webConfigs = given.filter((file) => !isApplicationHost(file)).map(webConfigOf)
  const [applicationHost, second] = hosts
  if (second) throw twice(second.name, 'applicationHost.config')
  const paths = new Set<string>()
  for (const { name, path } of webConfigs) {
    if (paths.has(path)) throw twice(name, `web.config of ${path}`)
    paths.add(path)
  }
  return { ...(applicationHost ? { applicationHost } : {}), webConfigs }
}

/** By what is in it: people rename files before they send them. */
function isApplicationHost({ text }: GivenFile): boolean {
  return /<system\.applicationHost[\s/>]/.test(text)
}

/** `/app=web.config` is of the folder /app; without a path it is of the site's root. */
function webConfigOf({ path: given, text }: GivenFile): WebConfig {
  const [, path = '/', name = given] = /^(\/[^=]*)=(.+)$/s.exec(given) ?? []
  return { name, path: path.length > 1 ? path.replace(/\/+$/, '') : path, text }
}

function twice(where: string, what: string): HarnessError {
  return new HarnessError('ERR_IIS_CONFIGURATION', `a second ${what}`, {
    where,
    hint: 'give each file once; --config /folder=web.config says which folder a web.config is of',
  })
}
