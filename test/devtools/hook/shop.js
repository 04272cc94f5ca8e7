const soldOut = new RangeError('sold out');
var shop = {
  rate: 2,
  sell(price) {
    return price * this.rate;
  },
  order(count) {
    return count === 0 ? 0 : 1 + shop.order(count - 1);
  },
  refuse() {
    throw soldOut;
  },
};
/** What became of a call that throws, told with syntax alone. */
function refused() {
  try {
    shop.refuse();
  } catch (error) {
    return error === soldOut;
  }
}
