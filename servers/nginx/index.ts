/** nginx, configured by its own directives. What it answers is answers.ts; README.md tells where each row comes from. */
import type { ServerBackend } from '../../harness/model/server.ts'
import { unavailable } from '../../harness/model/availability.ts'
import { containerEngine } from '../../harness/process/container.ts'
import { policies, reasonsFor } from './answers.ts'
import { probeNative } from './native.ts'
import type { NginxPolicy } from './policies.ts'
import { start } from './start.ts'
import { substatusOf } from './substatus.ts'

export const nginx: ServerBackend<NginxPolicy> = {
  name: 'nginx',
  title: 'nginx',
  backends: ['native', 'container'],
  features: new Set(['tls1.2', 'tls1.3']),
  tls: ['1.2', '1.3'],
  policies,
  async probe(backend) {
    switch (backend) {
      case 'native':
        return probeNative()
      case 'container':
        return containerEngine()
      case 'embedded':
        return unavailable('nginx does not run inside this process; use --backend native or container')
    }
  },
  start,
  substatusOf,
  reasonsFor,
}
