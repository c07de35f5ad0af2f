/** A GFM table from cells that are Markdown already. https://github.github.com/gfm/#tables-extension- */

export function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
