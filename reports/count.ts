/** Numbers with their noun: `1 cell`, `2 cells`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`
}
