import t from 'tap'
import { readVersion } from './version.ts'

const cases = [
  {
    name: 'built with one library, running with another',
    output: `nginx version: nginx/1.22.1
built with OpenSSL 3.0.20 7 Apr 2026 (running with OpenSSL 3.0.19 27 Jan 2026)
TLS SNI support enabled
configure arguments: --with-cc-opt='-g -O2'`,
    expected: { version: '1.22.1', tlsLibrary: 'OpenSSL 3.0.19' },
  },
  {
    name: 'built and running with the same library',
    output: `nginx version: nginx/1.18.0 (Ubuntu)
built by gcc 9.3.0
built with OpenSSL 1.1.1f  31 Mar 2020
TLS SNI support enabled`,
    expected: { version: '1.18.0', tlsLibrary: 'OpenSSL 1.1.1f' },
  },
  {
    name: 'a fork under its own name',
    output: `nginx version: openresty/1.25.3.1
built with LibreSSL 3.8.2`,
    expected: { version: '1.25.3.1', tlsLibrary: 'LibreSSL 3.8.2' },
  },
  {
    name: 'an nginx without TLS',
    output: 'nginx version: nginx/1.22.1\nbuilt by gcc 12.2.0',
    expected: null,
  },
  { name: 'another program', output: 'Apache/2.4.62', expected: null },
] as const

for (const { name, output, expected } of cases) {
  t.test(name, async (t) => t.strictSame(readVersion(output), expected))
}
