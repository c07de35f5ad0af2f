/** The version of this package, as package.json has it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../process/package-root.ts'

export function version(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string
  }
  return manifest.version
}
