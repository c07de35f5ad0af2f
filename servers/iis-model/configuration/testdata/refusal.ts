/** Refusals with their positions: § marks the place in a case, and is taken out before the file is read. */
import type { Test } from 'tap'
import { HarnessError } from '../../../../harness/model/errors.ts'
import { readConfiguration, type ConfigurationFiles } from '../read-configuration.ts'

export interface Case {
  readonly name: string
  readonly text: string
  readonly message: RegExp
  readonly hint?: RegExp
}

export function placeOf(marked: string): { readonly text: string; readonly place: string } {
  const before = marked.slice(0, marked.indexOf('§')).split(/\r\n|\n/)
  return { text: marked.replace('§', ''), place: `${before.length}:${before.at(-1)!.length + 1}` }
}

export function refusalOf(files: ConfigurationFiles): unknown {
  try {
    readConfiguration(files)
  } catch (thrown) {
    return thrown
  }
  return null
}

export function check(
  t: Test,
  thrown: unknown,
  where: string,
  { message, hint }: Pick<Case, 'message' | 'hint'>,
): void {
  if (!(thrown instanceof HarnessError)) return void t.fail('a HarnessError', { thrown })
  t.equal(thrown.code, 'ERR_IIS_CONFIGURATION')
  t.equal(thrown.where, where)
  t.match(thrown.message, message)
  t.match(thrown.hint, hint ?? /./)
}

export const server = (contents: string) =>
  `<configuration>\n  <system.webServer>${contents}</system.webServer>\n</configuration>`
export const security = (contents: string) => server(`<security>${contents}</security>`)
export const mapping = (contents: string, attributes = '') =>
  security(
    `<authentication><iisClientCertificateMappingAuthentication ${attributes}>${contents}</iisClientCertificateMappingAuthentication></authentication>`,
  )
export const manyToOne = (contents: string) => mapping(`<manyToOneMappings>${contents}</manyToOneMappings>`)

