const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NUMBER = /^\d{1,15}$/;
const SHORT_ID = /^[a-z0-9][a-z0-9_-]*-([0-9a-hjkmnp-tv-z]{1,10})$/i;

/** The id that an address names: a number, or a short id, whose letters are that number. */
export function issueIdOf(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const letters = SHORT_ID.exec(text)?.[1];
  return letters === undefined
    ? undefined
    : letters
        .toUpperCase()
        .split('')
        .reduce((id, letter) => id * DIGITS.length + DIGITS.indexOf(letter), 0);
}
