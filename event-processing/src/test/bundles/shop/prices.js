class PriceError extends Error {
  constructor(status, cause) {
    super(`prices answered ${status}`, { cause });
    this.name = 'PriceError';
  }
}

const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

export const loadPrices = async (url) => {
  const answer = await fetch(url, { headers: { accept: 'application/json' } });
  if (!answer.ok) {
    throw new PriceError(answer.status, await answer.text());
  }
  const { prices = {} } = await answer.json();
  return Object.fromEntries(Object.entries(prices).filter(([, price]) => Number.isFinite(price) && price >= 0).map(([name, price]) => [name.trim(), price]));
};

export async function retry(attempt, times) {
  let last;
  for (let i = 0; i < times; i++) {
    try {
      return await attempt();
    } catch (error) {
      last = error;
      await wait(2 ** i * 100);
    }
  }
  throw last;
}
