// What a customer pays with.
function chargeCard(card, amount) {
  if (card.expired) {
    throw new RangeError(`the card expired and pays no ${amount}`);
  }
  return amount;
}
