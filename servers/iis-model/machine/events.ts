/** The Schannel events of the System log that client certificates cause [schevents] [kb933430]. */

export interface SchannelEvent {
  /** 36885 list of trusted issuers too long, 36877 not validated, 36878 unsuitable for mapping, 36879 not mapped. */
  readonly id: 36877 | 36878 | 36879 | 36885
  readonly message: string
}

export interface EventLog {
  /** Oldest first. */
  readonly events: readonly SchannelEvent[]
  add(event: SchannelEvent): void
}
