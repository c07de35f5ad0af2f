/** A Pki kept as a folder between runs: `countersign issue --out DIR` writes it, `--pki DIR` reads it. */
export { readPkiFolder } from './read-folder.ts'
export type { ReadFolderOptions } from './read-folder.ts'
export { writePkiFolder } from './write-folder.ts'
export type { WriteFolderOptions } from './write-folder.ts'
