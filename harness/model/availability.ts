/** Whether this machine has what a server, client or backend needs. */

export type Availability =
  | { readonly available: true; readonly version: string; readonly tlsLibrary: string | null }
  | {
      readonly available: false
      /** What is missing, and what to install or which flag to give. */
      readonly reason: string
    }

export const unavailable = (reason: string): Availability => ({ available: false, reason })
