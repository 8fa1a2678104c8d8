import * as Sentry from '@sentry/browser';

/** A page as a customer of ours would have it: the official SDK, set up as the setup page says. */
Sentry.init({
  dsn: new URLSearchParams(location.search).get('dsn') ?? '',
  environment: 'production',
  release: 'shop@1.4.0',
});
Sentry.addBreadcrumb({ category: 'cart', message: 'two things in the cart', level: 'info' });

function pay(): never {
  throw new Error('the card has expired');
}

document.querySelector('#break')?.addEventListener('click', () => pay());
document.querySelector('#reject')?.addEventListener('click', () => {
  void Promise.reject(new TypeError('nobody ships on Sundays'));
});
document.querySelector('#save')?.addEventListener('click', () => {
  Sentry.captureException(new SyntaxError('the cart cannot be read'));
});
