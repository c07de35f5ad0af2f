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

/** A log that is full forgets its oldest events, as Windows's logs do by default: clients must not fill the memory. */
const MAX_EVENTS = 10_000

export function eventLog(): EventLog {
  const events: SchannelEvent[] = []
  return {
    events,
    add(event) {
      if (events.length === MAX_EVENTS) events.shift()
      events.push(event)
    },
  }
}
