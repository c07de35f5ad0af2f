/** Every situation that the model is run in, by the name of its policy. To add one: an entry in its table. */
import { authorization } from './authorization.ts'
import { caNames } from './ca-names.ts'
import { activeDirectory } from './directory.ts'
import { flags } from './flags.ts'
import { manyToOneSituations } from './many-to-one.ts'
import type { NamedSituation } from './named.ts'
import { oneToOneSituations } from './one-to-one.ts'
import { verification } from './verification.ts'

export const situations: Readonly<Record<string, NamedSituation>> = {
  ...flags,
  ...oneToOneSituations,
  ...manyToOneSituations,
  ...authorization,
  ...activeDirectory,
  ...verification,
  ...caNames,
}
