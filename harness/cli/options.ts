/** Parsers for option values. A bad value is a usage error that says what was expected and what is known. */
import { InvalidArgumentError } from 'commander'
import { HarnessError } from '../model/errors.ts'
import type { Backend } from '../model/server.ts'
import { backends } from '../model/server.ts'
import { tlsVersions, type TlsVersion } from '../model/tls.ts'
import type { Shard } from '../runner/plan.ts'

export type BackendChoice = Backend | 'auto'

export function names(text: string): readonly string[] {
  const list = text.split(',').map((name) => name.trim())
  if (list.includes('')) throw new InvalidArgumentError('expected names separated by commas')
  return list
}

/** For options that may be given more than once. */
export function moreNames(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...names(text)]
}

export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text]
}

export function path(text: string): string {
  if (text === '') throw new InvalidArgumentError('expected a path, found nothing')
  return text
}

export function tls(text: string): readonly TlsVersion[] {
  const versions = names(text)
  const known: readonly string[] = tlsVersions
  const unknown = versions.find((version) => !known.includes(version))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`expected ${tlsVersions.join(' or ')}, found '${unknown}'`)
  return versions as readonly TlsVersion[]
}

export function backendChoice(text: string): BackendChoice {
  const choices: readonly string[] = [...backends, 'auto']
  if (!choices.includes(text)) throw new InvalidArgumentError(`expected one of ${choices.join(', ')}`)
  return text as BackendChoice
}

export function positiveInteger(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > 2 ** 31 - 1) {
    throw new InvalidArgumentError('expected a whole number from 1 to 2147483647')
  }
  return value
}

/** An http URL without a slash at its end. */
export function httpUrl(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== 'http:') {
    throw new InvalidArgumentError('expected an http URL, e.g. http://127.0.0.1:8439')
  }
  return text.replace(/\/+$/, '')
}

/** A TCP port; 0: any that is free. */
export function port(text: string): number {
  const value = Number(text)
  if (!/^\d{1,5}$/.test(text) || value > 65_535) {
    throw new InvalidArgumentError('expected a port number from 0 to 65535')
  }
  return value
}

/** `2/5`: the second of five. */
export function shard(text: string): Shard {
  const [, index = 0, count = 0] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? []
  if (index < 1 || index > count) throw new InvalidArgumentError('expected I/N with 1 <= I <= N, as in 2/5')
  return { index, count }
}

/** @throws HarnessError ERR_UNKNOWN_NAME that lists the known names. */
export function knownNames(
  option: string,
  wanted: readonly string[] | undefined,
  known: readonly string[],
): readonly string[] | null {
  const unknown = wanted?.find((name) => !known.includes(name))
  if (unknown === undefined) return wanted ?? null
  throw new HarnessError('ERR_UNKNOWN_NAME', `'${unknown}' is not known`, {
    where: option,
    hint: `known: ${known.join(', ')}`,
  })
}
