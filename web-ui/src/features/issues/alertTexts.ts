const SHOWN = 4;

export const issueAlertTexts = {
  title: 'Alerts',
  noRule: 'No alert rule applies.',
  rules: (names: readonly string[]) =>
    `Rules: ${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`,
};
