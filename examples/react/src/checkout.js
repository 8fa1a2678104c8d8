/** What a customer pays with. */
export function chargeCard(card, amount) {
  if (card.expired) {
    throw new RangeError(`the card expired and pays no ${amount}`);
  }
  return amount;
}

/** Nobody waits for what becomes of it. */
export async function ship(day) {
  await Promise.resolve();
  throw new TypeError(`nobody ships on a ${day}`);
}
