/** `countersign list`: what there is to run, by name. */
import { Argument, type Command } from 'commander'

const listable = ['servers', 'clients', 'identities', 'scenarios', 'cells', 'reporters'] as const

export type Listable = (typeof listable)[number]

/** Every list has at least a name and a title; more fields stand in the JSON. */
export interface Row {
  readonly name: string
  readonly title: string
}

export function addList(program: Command): void {
  program
    .command('list')
    .description('list what there is, by name')
    .addArgument(new Argument('<what>', 'what to list').choices(listable))
    .option('--json', 'as JSON, with more fields')
    .action(async (what: Listable, options: { json?: true }) => {
      const { lists } = await import('./lists.ts')
      const rows: readonly Row[] = await lists[what]()
      process.stdout.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows))
    })
}

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  return rows.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join('')
}
