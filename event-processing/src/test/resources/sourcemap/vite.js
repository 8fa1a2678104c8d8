// shop/lib/format.js
var e = {
	euro: "€",
	dollar: "$",
	sack: "💰"
}, t = (e, t) => {
	let r = e.toFixed(t);
	return /^-?\d+(\.\d+)?$/.test(r) ? r : n(e);
};
function n(e) {
	throw RangeError("no price: " + e);
}
function r(n, r = e.euro) {
	return r + "\xA0" + t(n, r === "💰" ? 0 : 2);
}
// shop/cart.js
var i = {
	items: 100,
	price: 1e6
}, a = class e {
	#e = /* @__PURE__ */ new Map();
	static created = 0;
	constructor(t) {
		this.fail = t, e.created += 1;
	}
	get total() {
		let e = 0;
		return this.#e.forEach((t) => {
			e += t;
		}), e;
	}
	add(e, t) {
		return this.#e.size >= i.items && this.fail(`more than ${i.items} items`), t > i.price && this.fail("too dear: " + r(t, "€")), this.#e.set(e, t), this;
	}
	remove(e) {
		if (!this.#e.delete(e)) {
			let t = [...this.names()].map((e) => e.toUpperCase());
			this.fail(`no ${e} among ${t.join(", ")}`);
		}
	}
	*names() {
		for (let e of this.#e.keys()) yield e;
	}
}, o = class extends Error {
	constructor(e, t) {
		super(`prices answered ${e}`, { cause: t }), this.name = "PriceError";
	}
}, s = (e) => new Promise((t) => setTimeout(t, e)), c = async (e) => {
	let t = await fetch(e, { headers: { accept: "application/json" } });
	if (!t.ok) throw new o(t.status, await t.text());
	let { prices: n = {} } = await t.json();
	return Object.fromEntries(Object.entries(n).filter(([, e]) => Number.isFinite(e) && e >= 0).map(([e, t]) => [e.trim(), t]));
};
async function l(e, t) {
	let n;
	for (let r = 0; r < t; r++) try {
		return await e();
	} catch (e) {
		n = e, await s(2 ** r * 100);
	}
	throw n;
}
// shop/main.js
async function u(t) {
	let n = new a((e) => {
		throw TypeError(`cart of ${t.id}: ${e}`);
	}), i = await l(() => c(t.dataset.prices), 3);
	for (let [a, o] of Object.entries(i)) n.add(a, o), t.append(`😀 ${a}: ${r(o, e.euro)}`);
	return t.addEventListener("click", function(e) {
		let r = e.target.dataset.name;
		n.remove(r), t.dispatchEvent(new CustomEvent("removed", { detail: {
			wanted: r,
			total: n.total,
			left: [...n.names()]
		} }));
	}), n;
}
u.version = "shop@1", globalThis.startShop = u;
export { u as default };

//# sourceMappingURL=bundle.js.map