/**
 * Policies to nginx.conf: one process, one `server` with a port of its own for each policy. The same text serves
 * the native program, the container and docker-compose.yml. Relative paths are below the prefix (`nginx -p`).
 * No I/O: the caller writes the text and the files that it names.
 */
import type { AuthorityName } from '../../harness/model/identity.ts'
import type { NginxPolicy } from './policies.ts'

export interface Listener {
  readonly policy: NginxPolicy
  /** An address of the machine that nginx runs on; `*` inside a container. */
  readonly address: string
  readonly port: number
}

/** Paths of PEM files. */
export interface Files {
  readonly certificate: string
  readonly key: string
  readonly authorities: Readonly<Record<AuthorityName, string>>
  readonly accessLog: string
  readonly errorLog: string
}

/** A line of JSON for each request: nginx escapes what a client can choose (the query, the subject). log.ts reads it. */
const logFields = {
  cell: '$arg_cell',
  port: '$remote_port',
  status: '$status',
  protocol: '$ssl_protocol',
  verify: '$ssl_client_verify',
  subject: '$ssl_client_s_dn',
} as const

export type LogField = keyof typeof logFields

export function configuration(listeners: readonly Listener[], files: Files): string {
  return `# Made by countersign from servers/nginx/configuration.ts.
daemon off;
worker_processes 1;
pid nginx.pid;
error_log ${files.errorLog} info;

events {
  worker_connections 1024;
}

http {
  log_format countersign escape=json '${JSON.stringify(logFields)}';
  access_log ${files.accessLog} countersign;
  default_type text/plain;

  # Nothing is uploaded or proxied, but nginx makes these folders at start.
  client_body_temp_path client-body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;

  ssl_certificate ${files.certificate};
  ssl_certificate_key ${files.key};
  ssl_protocols TLSv1.2 TLSv1.3;
  # A resumed session is not verified again.
  ssl_session_cache off;
  ssl_session_tickets off;
${listeners.map((listener) => serverBlock(listener, files)).join('')}}
`
}

function serverBlock({ policy, address, port }: Listener, { authorities }: Files): string {
  const { ssl_verify_client, ssl_client_certificate, ssl_trusted_certificate } = policy.nginx
  const directives = [
    `listen ${address}:${port} ssl;`,
    'server_name localhost;',
    `ssl_verify_client ${ssl_verify_client};`,
    ...(ssl_client_certificate === null
      ? []
      : [`ssl_client_certificate ${authorities[ssl_client_certificate]};`]),
    ...(ssl_trusted_certificate === null
      ? []
      : [`ssl_trusted_certificate ${authorities[ssl_trusted_certificate]};`]),
    `return 200 "nginx/${policy.name} $ssl_client_verify\\n";`,
  ]
  return `
  # ${policy.name}
  server {
${directives.map((directive) => `    ${directive}\n`).join('')}  }
`
}
