/** Every situation that the model is run in, by the name of its policy. To add one: an entry in its table. */
import { activeDirectory } from './directory.ts'
import { flags } from './flags.ts'
import { mapping } from './mapping.ts'
import type { NamedSituation } from './named.ts'
import { verification } from './verification.ts'

export const situations: Readonly<Record<string, NamedSituation>> = {
  ...flags,
  ...mapping,
  ...activeDirectory,
  ...verification,
}
