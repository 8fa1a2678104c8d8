/** What the alert pages and the page of an issue say of snoozes. */
export const snoozeTexts = {
  button: 'Snooze',
  snoozed: 'Snoozed',
  hour: 'for an hour',
  day: 'for a day',
  week: 'for a week',
  ever: 'until I end it',
  forMe: (time: string) => `For me, ${time}`,
  forEveryone: (time: string) => `For everyone, ${time}`,
  endMine: 'Tell me again',
  endForAll: 'Tell everyone again',
  done: 'Snoozed',
  ended: 'Not snoozed any more',
};
