/** By which rule something in an event was changed, and how, in words. */

const FOUND: Record<string, string> = {
  '@password': 'a secret by its name',
  '@creditcard': 'a payment card',
  '@iban': 'a bank account',
  '@usssn': 'a US social security number',
  '@pemkey': 'a private key',
  '@urlauth': 'a password in a URL',
  '@userpath': 'a user name in a path',
  '@token': 'a token',
  '@key': 'an access key',
  '@email': 'a mail address',
  '@ip': 'a network address',
  '@mac': 'a hardware address',
  '@uuid': 'a UUID',
  '@bounds': 'more than is looked through',
  '@frame_details': 'details of one frame too many',
  '@invalid_character': 'characters that cannot be stored',
};

/** The words of the API, and the letters of the protocol's _meta. */
const DONE: Record<string, string> = {
  substituted: 'Replaced',
  s: 'Replaced',
  masked: 'Masked',
  m: 'Masked',
  hashed: 'Hashed',
  p: 'Hashed',
  removed: 'Removed',
  x: 'Removed',
};

const OF_PROJECT = /^project:(\d{1,4})$/;

/** "Masked: rule 2 of the project", "Replaced: a payment card". */
export function remarkWords(rule: string, method: string): string {
  const own = OF_PROJECT.exec(rule)?.[1];
  return `${DONE[method] ?? 'Changed'}: ${own ? `rule ${own} of the project` : (FOUND[rule] ?? rule)}`.trimEnd();
}
