function checkout(cart) {
  const total = cart.reduce((sum, item) => sum + item.price, 0);
  return chargeCard({ expired: true }, total);
}
