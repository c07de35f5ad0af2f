/** The sample files of this folder as the tests give them to readConfiguration. */
import { readFileSync } from 'node:fs'
import type { ConfigurationFile } from '../xml-tree.ts'

export const applicationHost = sample('applicationHost.config')
export const webConfig = { ...sample('web.config'), path: '/' }

function sample(name: string): ConfigurationFile {
  return { name, text: readFileSync(new URL(name, import.meta.url), 'utf8') }
}
