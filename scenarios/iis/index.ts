/** Every topic of the IIS rows, by path. */
import type { Scenario } from '../../harness/model/scenario.ts'
import { accessFlags } from './access-flags.ts'
import { activeDirectory } from './active-directory.ts'
import { articles } from './articles.ts'
import { authorization } from './authorization.ts'
import { browser } from './browser.ts'
import { caNames } from './ca-names.ts'
import { late } from './late.ts'
import { manyToOne } from './many-to-one.ts'
import { older } from './older.ts'
import { oneToOne } from './one-to-one.ts'
import { precedence } from './precedence.ts'
import { revocation } from './revocation.ts'
import { stores } from './stores.ts'
import { verdict } from './verdict.ts'

export const iis: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
  'iis/articles': articles,
  'iis/access-flags': accessFlags,
  'iis/one-to-one': oneToOne,
  'iis/many-to-one': manyToOne,
  'iis/authorization': authorization,
  'iis/active-directory': activeDirectory,
  'iis/verdict': verdict,
  'iis/revocation': revocation,
  'iis/precedence': precedence,
  'iis/stores': stores,
  'iis/browser': browser,
  'iis/late': late,
  'iis/older': older,
  'iis/ca-names': caNames,
}
