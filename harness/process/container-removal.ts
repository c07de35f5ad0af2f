/** Removing a container that somebody else may be removing too, or may have removed. Docker Engine API, "Remove a container". */
/** What of dockerode's container its removal needs. */
export interface Removable {
  remove(options: { readonly force: true; readonly v: true }): Promise<unknown>
  wait(options: { readonly condition: 'removed' }): Promise<unknown>
}

/** The library removes a container that failed to start by itself: gone is gone, and going is waited for. */
export async function removeContainer(container: Removable): Promise<void> {
  try {
    await container.remove({ force: true, v: true })
  } catch (error) {
    if (statusOf(error) === REMOVAL_IN_PROGRESS)
      await container.wait({ condition: 'removed' }).catch(unlessGone)
    else unlessGone(error)
  }
}

const NO_SUCH_CONTAINER = 404
const REMOVAL_IN_PROGRESS = 409

function unlessGone(error: unknown): void {
  if (statusOf(error) !== NO_SUCH_CONTAINER) throw error
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error.statusCode : null
}
