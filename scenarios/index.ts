/**
 * Every scenario, by path. To add one: an entry in its topic's table, and nothing else.
 * To add a topic: a file in its family's folder, and a line here.
 */
import type { NamedScenario, Scenario } from '../harness/model/scenario.ts'
import * as certificateRequestPresence from './certificate-request/presence.ts'
import { chain } from './client-certificate/chain.ts'
import { extendedKeyUsage } from './client-certificate/extended-key-usage.ts'
import { keyType } from './client-certificate/key-type.ts'
import { keyUsage } from './client-certificate/key-usage.ts'
import { presence } from './client-certificate/presence.ts'
import { revocation } from './client-certificate/revocation.ts'
import { trust } from './client-certificate/trust.ts'
import { validity } from './client-certificate/validity.ts'
import { iis } from './iis/index.ts'

const topics: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
  'client-certificate/presence': presence,
  'client-certificate/validity': validity,
  'client-certificate/trust': trust,
  'client-certificate/chain': chain,
  'client-certificate/extended-key-usage': extendedKeyUsage,
  'client-certificate/key-usage': keyUsage,
  'client-certificate/revocation': revocation,
  'client-certificate/key-type': keyType,
  'certificate-request/presence': certificateRequestPresence.presence,
  ...iis,
}

export const scenarios: readonly NamedScenario[] = Object.entries(topics).flatMap(([topic, table]) =>
  Object.entries(table).map(([name, scenario]) => ({ id: `${topic}/${name}`, ...scenario })),
)
