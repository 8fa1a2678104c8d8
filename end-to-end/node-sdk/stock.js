// A service with an unmodified Sentry SDK that goes on with the traces of those who ask it, and fails for one article.
// Prints the port that it listens at.
'use strict';

const Sentry = require('@sentry/node');

Sentry.init({
  dsn: process.argv[2],
  environment: 'staging',
  release: 'stock@2.0.0',
  tracesSampleRate: 1,
});

const http = require('node:http');

async function find(article) {
  return Sentry.startSpan({ name: `SELECT * FROM stock WHERE article = ${article}`, op: 'db' }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (article === '13') throw new Error('No such article');
    return 4;
  });
}

const server = http.createServer(async (request, response) => {
  const article = request.url.split('/').pop();
  try {
    response.end(String(await find(article)));
  } catch (error) {
    Sentry.captureException(error);
    response.statusCode = 500;
    response.end('none');
  }
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));

process.stdin.on('end', async () => {
  await Sentry.close(5000);
  process.exit(0);
});
process.stdin.resume();
