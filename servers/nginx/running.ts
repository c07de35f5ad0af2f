/** One nginx process tree that serves all policies, wherever it runs. native.ts and container.ts make it. */
import type { NginxVersion } from './version.ts'

export interface Running extends AsyncDisposable {
  readonly version: NginxVersion
  /** On 127.0.0.1, in the order of the policies. */
  readonly ports: readonly number[]
  readonly died: Promise<string>
}
