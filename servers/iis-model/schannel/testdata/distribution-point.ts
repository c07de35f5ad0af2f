/** An HTTP server for CRLs, with every way to be a bad one. */
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface DistributionPoint extends AsyncDisposable {
  readonly port: number
  url(path: string): string
  /** Paths, in the order in which they were asked for. */
  readonly asked: readonly string[]
  serve(path: string, answer: Buffer | string | ((response: ServerResponse) => void)): void
}

export async function distributionPoint(): Promise<DistributionPoint> {
  const answers = new Map<string, Buffer | string | ((response: ServerResponse) => void)>()
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const answer = answers.get(url)
    if (typeof answer === 'function') answer(response)
    else if (answer === undefined) response.writeHead(404).end()
    else response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    asked,
    serve: (path, answer) => void answers.set(path, answer),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
