import { Cart } from './cart.js';
import { loadPrices, retry } from './prices.js';
import { formatPrice as show, SYMBOLS } from './lib/format.js';

/** What a page of a small shop does; never run, only built. */
export default async function start(root) {
  const cart = new Cart((message) => {
    throw new TypeError(`cart of ${root.id}: ${message}`);
  });
  const prices = await retry(() => loadPrices(root.dataset.prices), 3);
  for (const [name, price] of Object.entries(prices)) {
    cart.add(name, price);
    root.append(`😀 ${name}: ${show(price, SYMBOLS.euro)}`);
  }
  root.addEventListener('click', function onClick(event) {
    const wanted = event.target.dataset.name;
    cart.remove(wanted);
    root.dispatchEvent(new CustomEvent('removed', { detail: { wanted, total: cart.total, left: [...cart.names()] } }));
  });
  return cart;
}
start.version = 'shop@1';
globalThis.startShop = start;
