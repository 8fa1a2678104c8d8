/** How programs ask people; shown where nobody has said anything yet. */
export const SNIPPETS = [
  {
    name: 'widget',
    language: 'javascript',
    code: `import * as Sentry from '@sentry/browser';

Sentry.init({
  dsn: '…',
  integrations: [Sentry.feedbackIntegration({ colorScheme: 'system' })],
});`,
  },
  {
    name: 'dialog',
    language: 'javascript',
    code: `Sentry.init({
  dsn: '…',
  beforeSend(event) {
    if (event.exception) {
      Sentry.showReportDialog({ eventId: event.event_id });
    }
    return event;
  },
});`,
  },
  {
    name: 'report',
    language: 'java',
    code: `SentryId event = Sentry.captureException(failure);

UserFeedback feedback = new UserFeedback(event);
feedback.setName("Ada");
feedback.setEmail("ada@example.com");
feedback.setComments("It broke when I paid");
Sentry.captureUserFeedback(feedback);`,
  },
] as const;
