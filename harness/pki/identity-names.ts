/** Names of identities become file names and parts of cell ids, so not every string is one. */
import { HarnessError } from '../model/errors.ts'

const NAME = /^[a-z0-9]+([._-][a-z0-9]+)*$/

/** @throws HarnessError ERR_IDENTITY_NAME for a name that is malformed or given twice. */
export function checkIdentityNames(names: readonly string[], where: string): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (!NAME.test(name)) {
      throw new HarnessError('ERR_IDENTITY_NAME', `identity name ${JSON.stringify(name)} is malformed`, {
        where,
        hint: 'write lower-case letters and digits, joined by single hyphens, dots or underscores',
      })
    }
    if (seen.has(name)) {
      throw new HarnessError('ERR_IDENTITY_NAME', `two identities are named ${name}`, {
        where,
        hint: 'rename one of them',
      })
    }
    seen.add(name)
  }
}
