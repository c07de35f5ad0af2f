/** A situation with the name of its policy, and what a correct client gets in it: the control of its cells. */
import type { AuthorityName } from '../../../harness/model/identity.ts'
import type { CrowdNames } from '../../../harness/model/server.ts'
import type { IisProfile } from '../profiles.ts'
import type { Situation } from '../situation.ts'

export interface NamedSituation {
  /** One line, in IIS's words. */
  readonly title: string
  readonly situation: Situation
  /** Absent: every profile. */
  readonly playedBy?: (profile: IisProfile) => boolean
  /** What the identity `correct` gets once it was asked. */
  readonly correct: CorrectAnswer
  /** The names in CertificateRequest; absent: none, or the trusted roots where the profile sends a list. */
  readonly names?: (profile: IisProfile) => readonly AuthorityName[] | CrowdNames
}

export interface CorrectAnswer {
  readonly status: number
  /** null: neither logged nor shown. */
  readonly substatus: number | null
  /** As logged. */
  readonly win32: number
  readonly user: string | null
}

/** 200, as the mapped user or as nobody. */
export const served = (user: string | null = null): CorrectAnswer => ({
  status: 200,
  substatus: 0,
  win32: 0,
  user,
})

const ACCESS_DENIED = 5

export function refused(status: number, substatus: number, win32: number = ACCESS_DENIED): CorrectAnswer {
  return { status, substatus, win32, user: null }
}
