/** Revocation checking that stands still until it is told to go on: a request is then caught while its client is judged. */
import type { RevocationChecker } from '../schannel/revocation-checker.ts'

export interface HeldRevocation {
  readonly revocation: RevocationChecker
  /** A certificate has come to be checked. */
  readonly reached: Promise<void>
  /** Everything is good, now and later. */
  release(): void
}

export function holdRevocation(): HeldRevocation {
  let release: () => void = () => undefined
  let reach: () => void = () => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const check = async () => {
    reach()
    await released
    return 'good'
  }
  return { revocation: { check } as unknown as RevocationChecker, reached, release }
}
