/** What the tokens of one person and those of everybody have in common. */
export const tokenTexts = {
  name: 'Name',
  scopes: 'Scopes',
  used: 'Last used',
  expires: 'Expires',
  never: 'never',
  end: 'Delete',
  endTitle: (name: string) => `Delete the token ${name}?`,
  endWords: 'Programs that use it are refused from now on.',
};
