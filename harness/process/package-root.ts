/** Where this package lies, whether its source runs or dist/. Dockerfiles are found from there. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HarnessError } from '../model/errors.ts'

/** The nearest folder above this file that has a package.json. */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url))
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) {
      throw new HarnessError('ERR_PACKAGE_ROOT', 'no package.json was found above the program', {
        where: start,
      })
    }
  }
}
