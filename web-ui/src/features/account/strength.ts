export type Strength = 'none' | 'short' | 'weak' | 'fair' | 'strong';

/** The server has the last word on passwords; this only says early what it would say. */
export const MIN_LENGTH = 10;
const STRONG_LENGTH = 16;
const MIN_DISTINCT = 5;

/** How hard a password is to guess, by its length and how many characters differ. */
export function strengthOf(password: string): Strength {
  if (password === '') return 'none';
  if (password.length < MIN_LENGTH) return 'short';
  if (new Set(password).size < MIN_DISTINCT) return 'weak';
  return password.length < STRONG_LENGTH ? 'fair' : 'strong';
}

/** Whether the server would refuse it. */
export function isTooWeak(password: string): boolean {
  const strength = strengthOf(password);
  return strength === 'short' || strength === 'weak';
}
