import { expect, it } from 'vitest';
import { idOf, validateDeadSearch, validateLedgerSearch } from './queries';

const ID = '0190a1b2c3d47e8f9a0b1c2d3e4f5a6b';

it('an id is taken with dashes, in capitals and with blanks around it', () => {
  expect(idOf(' 0190A1B2-C3D4-7E8F-9A0B-1C2D3E4F5A6B\n')).toBe(ID);
});

it('what is no id is none', () => {
  for (const pasted of ['', 'abc', `${ID}0`, 'g'.repeat(32)]) expect(idOf(pasted)).toBeUndefined();
});

it('unknown words of an address are dropped', () => {
  expect(validateLedgerSearch({ id: ID, outcome: 'evil' })).toEqual({ id: ID });
  expect(validateDeadSearch({ state: 'open', letter: '-3' })).toEqual({});
  expect(validateDeadSearch({ state: 'resolved', letter: '12' })).toEqual({ state: 'resolved', letter: 12 });
});
