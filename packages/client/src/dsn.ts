/** Where envelopes of a DSN go to, with the key in the query, as that needs no preflight. */
export function envelopeUrl(dsn: string, client: string): string {
  const match = /^(https?):\/\/([\w-]+)(?::[\w-]*)?@([^/?#]+)(\/[^?#]+)?\/(\d+)\/?$/.exec(dsn);
  if (!match) {
    throw new Error(`dsn: '${dsn}' (expected: https://<key>@<host>/<project>)`);
  }
  const [, scheme, key, host, path = '', project] = match;
  return `${scheme}://${host}${path}/api/${project}/envelope/?sentry_version=7&sentry_key=${key}&sentry_client=${client}`;
}
