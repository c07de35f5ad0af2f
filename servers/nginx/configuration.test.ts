import t from 'tap'
import { configuration, type Files } from './configuration.ts'
import { nginxPolicies, type NginxPolicy } from './policies.ts'

const { none, request, require } = nginxPolicies
const files: Files = {
  certificate: 'server.pem',
  key: 'server.key',
  authorities: {
    'root-a': 'a.pem',
    'root-b': 'b.pem',
    'root-c': 'c.pem',
    'intermediate-a': 'i.pem',
    'expired-intermediate': 'e.pem',
    'server-auth-intermediate': 's.pem',
    'non-ca-issuer': 'n.pem',
  },
  accessLog: 'access.log',
  errorLog: 'error.log',
}

t.test('one policy, whole', async (t) => {
  t.equal(
    configuration([{ policy: require, address: '127.0.0.1', port: 10443 }], files),
    `# Made by countersign from servers/nginx/configuration.ts.
daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log info;

events {
  worker_connections 1024;
}

http {
  log_format countersign escape=json '{"cell":"$arg_cell","port":"$remote_port","status":"$status","protocol":"$ssl_protocol","verify":"$ssl_client_verify","subject":"$ssl_client_s_dn"}';
  access_log access.log countersign;
  default_type text/plain;

  # Nothing is uploaded or proxied, but nginx makes these folders at start.
  client_body_temp_path client-body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;

  ssl_certificate server.pem;
  ssl_certificate_key server.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  # A resumed session is not verified again.
  ssl_session_cache off;
  ssl_session_tickets off;

  # require
  server {
    listen 127.0.0.1:10443 ssl;
    server_name localhost;
    ssl_verify_client on;
    ssl_client_certificate a.pem;
    return 200 "nginx/require $ssl_client_verify\\n";
  }
}
`,
  )
})

const directives: readonly { readonly policy: NginxPolicy; readonly expected: readonly string[] }[] = [
  { policy: none, expected: ['ssl_verify_client off;'] },
  { policy: request, expected: ['ssl_verify_client optional;', 'ssl_client_certificate a.pem;'] },
  { policy: require, expected: ['ssl_verify_client on;', 'ssl_client_certificate a.pem;'] },
  {
    policy: nginxPolicies.optional_no_ca,
    expected: ['ssl_verify_client optional_no_ca;', 'ssl_trusted_certificate a.pem;'],
  },
  {
    policy: nginxPolicies['require-trusted-certificate'],
    expected: ['ssl_verify_client on;', 'ssl_client_certificate c.pem;', 'ssl_trusted_certificate a.pem;'],
  },
]

for (const { policy, expected } of directives) {
  t.test(`the directives of ${policy.name}`, async (t) => {
    const text = configuration([{ policy, address: '*', port: 8440 }], files)
    t.strictSame(text.match(/ssl_(verify|client|trusted)\w* [\w.]+;/g), expected)
  })
}

t.test('each policy has its own port, in the order given', async (t) => {
  const listeners = [none, request].map((policy, index) => ({ policy, address: '*', port: 8440 + index }))
  t.strictSame(configuration(listeners, files).match(/listen .*;/g), [
    'listen *:8440 ssl;',
    'listen *:8441 ssl;',
  ])
})
