// Throws, catches and reports, the way an application does. Prints the ids of its events, one a line, with a name before.
const Sentry = require('@sentry/node');

Sentry.init({
  dsn: process.argv[2],
  release: 'shop@1.4.2',
  environment: 'staging',
  serverName: 'shop-1',
  tracesSampleRate: 0,
});

function chargeCard(amount) {
  throw new RangeError(`amount ${amount} is out of range`);
}

function checkout() {
  try {
    chargeCard(-1);
  } catch (cause) {
    throw new Error('Checkout failed', { cause });
  }
}

async function main() {
  Sentry.setUser({ id: '42', email: 'ada@example.com', username: 'ada' });
  Sentry.setTag('role', 'admin');
  Sentry.setContext('cart', { items: 3, currency: 'EUR' });
  for (let i = 1; i <= 3; i++) {
    Sentry.addBreadcrumb({ category: 'cart', message: `item ${i} added`, level: 'info' });
  }
  try {
    checkout();
  } catch (error) {
    console.log('exception ' + Sentry.captureException(error));
  }
  Sentry.withScope((scope) => {
    scope.addAttachment({ filename: 'cart.txt', data: 'three items', contentType: 'text/plain' });
    console.log('attachment ' + Sentry.captureException(new TypeError('with an attachment')));
  });
  console.log('message ' + Sentry.captureMessage('Node says hello', 'warning'));
  if (!(await Sentry.flush(10000))) {
    process.exitCode = 1;
  }
}

main();
