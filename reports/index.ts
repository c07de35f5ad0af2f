/** Every reporter that `--reporter` knows. To add one: a file beside this one, and a line here. */
import type { Reporter } from '../harness/model/reporter.ts'
import { consoleReporter } from './console.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { tap } from './tap.ts'

export const reporters: readonly Reporter[] = [consoleReporter, tap, junit, json, markdown]
