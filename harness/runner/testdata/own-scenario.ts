/** Scenarios with an answer of their own, for servers of the tests. */
import type { ScenarioAnswer } from '../../model/answer.ts'
import type { NamedScenario } from '../../model/scenario.ts'
import { answer, scenario } from './values.ts'

export const refusedAs403 = answer({ status: 403 })
export const noAnswer = answer({ status: null })

export const late = { when: 'late' } as const
export const browser = { selection: 'browser' } as const

/** One more scenario beside the control. */
export function about(
  identity: string,
  own: ScenarioAnswer,
  changes: Partial<NamedScenario> = {},
): NamedScenario {
  const refused = { refused: 'missing' } as const
  const expect = own.verdict === 'accepted' ? ({ accepted: true } as const) : refused
  return scenario(`own/${identity}`, { identity, answer: own, expect, ...changes })
}
