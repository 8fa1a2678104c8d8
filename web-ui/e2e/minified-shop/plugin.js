/** What the plugins of both bundlers are told; the address and the token come from the environment, as in a pipeline. */
export const options = {
  url: process.env.SENTRY_URL,
  org: 'default',
  project: process.env.SENTRY_PROJECT,
  authToken: process.env.SENTRY_AUTH_TOKEN,
  telemetry: false,
  release: { name: 'shop@1.4.0', setCommits: false },
  sourcemaps: { disable: process.env.UPLOAD === 'later' ? 'disable-upload' : false },
  // An upload that fails is a build that fails.
  errorHandler: (error) => {
    console.error(error.message);
    process.exit(1);
  },
};
