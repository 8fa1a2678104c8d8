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

/** What a page does after an error that it shows. */
document.querySelector('#ask')?.addEventListener('click', () => {
  const eventId = Sentry.captureException(new Error('the basket fell over'));
  Sentry.showReportDialog({
    eventId,
    title: 'Oh no, the shop broke',
    labelComments: 'What did you do?',
    user: { name: 'Ada', email: 'ada@example.com' },
    onClose: () => document.body.append('The dialog is closed'),
  });
});

/** What the feedback widget does when it is sent. */
document.querySelector('#tell')?.addEventListener('click', () => {
  const picture = Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
    (character) => character.charCodeAt(0),
  );
  Sentry.captureFeedback(
    {
      name: 'Bob',
      email: 'bob@example.com',
      message: 'I like the colours',
      url: location.href,
      source: 'widget',
    },
    { attachments: [{ filename: 'screenshot.png', data: picture, contentType: 'image/png' }] },
  );
});
