/** The baseline as a file: JSON with one line for each cell, sorted by id, so that a review shows what changed. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { HarnessError, messageOf } from '../model/errors.ts'
import { isCellId, type Baseline } from './baseline.ts'

export const BASELINE_VERSION = 1

/** @throws HarnessError ERR_BASELINE when there is no such file or when it is no baseline. */
export async function readBaseline(path: string): Promise<Baseline> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new HarnessError('ERR_BASELINE', `the baseline could not be read: ${messageOf(cause)}`, {
      where: path,
      hint: 'countersign run --update-baseline writes it',
      cause,
    })
  }
  return parseBaseline(text, path)
}

/** @throws HarnessError ERR_BASELINE, or ERR_BASELINE_VERSION for a file of another version. */
export function parseBaseline(text: string, where: string): Baseline {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new HarnessError('ERR_BASELINE', `the baseline is no JSON: ${messageOf(cause)}`, { where, cause })
  }
  if (!isObject(value) || !isObject(value['cells'])) {
    throw new HarnessError('ERR_BASELINE', 'expected schemaVersion and cells, found another value', { where })
  }
  if (value['schemaVersion'] !== BASELINE_VERSION) {
    throw new HarnessError(
      'ERR_BASELINE_VERSION',
      `expected schemaVersion ${BASELINE_VERSION}, found ${JSON.stringify(value['schemaVersion'])}`,
      {
        where,
        hint: 'use the version of countersign that wrote it, or write it anew with --update-baseline',
      },
    )
  }
  const baseline = new Map<string, string>()
  for (const [id, signature] of Object.entries(value['cells'])) {
    if (!isCellId(id) || typeof signature !== 'string') {
      throw new HarnessError('ERR_BASELINE', `expected a cell's id and its signature, found '${id}'`, {
        where,
        hint: 'take the line out, or write it anew with --update-baseline',
      })
    }
    baseline.set(id, signature)
  }
  return baseline
}

/** The same cells give the same bytes. */
export function baselineText(baseline: Baseline): string {
  const lines = [...baseline.keys()]
    .sort()
    .map((id) => `    ${quoted(id)}: ${quoted(baseline.get(id) ?? '')}`)
  const cells = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`
  return `{\n  "schemaVersion": ${BASELINE_VERSION},\n  "cells": ${cells}\n}\n`
}

/** The whole file or none of it: a baseline cut short would look like cells without a line. @throws HarnessError ERR_BASELINE */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`
  try {
    await writeFile(unfinished, baselineText(baseline))
    await rename(unfinished, path)
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw new HarnessError('ERR_BASELINE', `the baseline could not be written: ${messageOf(cause)}`, {
      where: path,
      hint: 'give a file in a directory that can be written with --baseline',
      cause,
    })
  }
}

/** A peer's words reach the file; what is invisible in them must not be so in a review. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
