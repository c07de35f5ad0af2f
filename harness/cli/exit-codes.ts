/** The exit codes that commands share: a contract with scripts. What a run's end means is reports/exit-code.ts. */
export const USAGE_ERROR = 2
export const HARNESS_ERROR = 3
export const INTERRUPTED = 130
