import * as Sentry from '@sentry/browser';
import { chargeCard } from './card.js';

/** A page as a customer of ours would have it: the official SDK, set up as the setup page says. */
Sentry.init({
  dsn: new URLSearchParams(location.search).get('dsn') ?? '',
  environment: 'production',
  release: 'shop@1.4.0',
});

function checkout(cart) {
  const total = cart.reduce((sum, item) => sum + item.price, 0);
  return chargeCard({ expired: true }, total);
}

// Each function is called twice, so that no bundler puts it into its only caller.
document.querySelector('#pay').addEventListener('click', () => checkout([{ price: 3 }, { price: 4 }]));
document.querySelector('#gift').addEventListener('click', () => checkout([{ price: 5 }]));
document.querySelector('#renew').addEventListener('click', () => chargeCard({ expired: false }, 1));
