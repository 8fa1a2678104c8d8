import { formatPrice } from './lib/format.js';

const LIMITS = { items: 100, price: 1e6 };

export class Cart {
  #items = new Map();
  static created = 0;

  constructor(fail) {
    this.fail = fail;
    Cart.created += 1;
  }

  get total() {
    let sum = 0;
    this.#items.forEach((price) => {
      sum += price;
    });
    return sum;
  }

  add(name, price) {
    if (this.#items.size >= LIMITS.items) {
      this.fail(`more than ${LIMITS.items} items`);
    }
    if (price > LIMITS.price) {
      this.fail('too dear: ' + formatPrice(price, '€'));
    }
    this.#items.set(name, price);
    return this;
  }

  remove(name) {
    if (!this.#items.delete(name)) {
      const known = [...this.names()].map((one) => one.toUpperCase());
      this.fail(`no ${name} among ${known.join(', ')}`);
    }
  }

  *names() {
    for (const name of this.#items.keys()) {
      yield name;
    }
  }
}
