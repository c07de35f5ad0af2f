/** `countersign issue`: the certificates as files, for servers that we do not start. */
import type { Command } from 'commander'
import { httpUrl, knownNames, path } from './options.ts'

interface IssueFlags {
  readonly out: string
  readonly distributionPoint?: string
}

export function addIssue(program: Command): void {
  program
    .command('issue')
    .description('issue identities as PEM, DER, PKCS#12 (password: countersign) and single-line base64')
    .argument('[identity...]', 'names of identities (default: all)')
    .requiredOption(
      '--out <dir>',
      'the directory to write; private keys in it are readable by you alone',
      path,
    )
    .option(
      '--distribution-point <url>',
      'where the certificates say that their CRLs are (default: a port of this machine that run and serve use)',
      httpUrl,
    )
    .action(async (wanted: readonly string[], { out, distributionPoint }: IssueFlags) => {
      const { freshPki, identityNames, ISSUED_DISTRIBUTION_POINT } = await import('./pki.ts')
      const { writePkiFolder } = await import('../pki/store.ts')
      const selected = knownNames('identity', wanted.length === 0 ? undefined : wanted, identityNames)
      const files = await writePkiFolder(
        await freshPki(distributionPoint ?? ISSUED_DISTRIBUTION_POINT),
        out,
        selected === null ? {} : { identities: selected },
      )
      process.stdout.write(files.map((file) => `${file}\n`).join(''))
    })
}
