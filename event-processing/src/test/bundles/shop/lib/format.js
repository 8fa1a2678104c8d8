export const SYMBOLS = { euro: '€', dollar: '$', sack: '💰' };

const digits = (value, count) => {
  const text = value.toFixed(count);
  return /^-?\d+(\.\d+)?$/.test(text) ? text : invalid(value);
};

function invalid(value) {
  throw new RangeError('no price: ' + value);
}

export function formatPrice(price, symbol = SYMBOLS.euro) {
  return symbol + '\u00a0' + digits(price, symbol === '💰' ? 0 : 2);
}
