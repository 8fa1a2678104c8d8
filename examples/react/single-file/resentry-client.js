// @resentry/client 0.1.0 in one file, to be copied. Licence: Apache-2.0.
// Generated from packages/client by "npm run copy"; change it there.
import { Component } from "react";
// src/address.ts
var MAX_TEXT$1 = 1e3;
/** An address as it is sent: without query and fragment, which may hold secrets, and without the content of `data:`. */
var address = (url) => url.replace(/^\s*(data:)[^]*|[?#][^]*/i, "$1").slice(0, MAX_TEXT$1);
// src/state.ts
/** What the page has said until now. */
var options = { dsn: "" };
var user = {};
var tags = {};
var breadcrumbs = [];
function reset(chosen) {
	options = {
		...chosen,
		environment: chosen.environment ?? "production"
	};
	user = {};
	tags = {};
	breadcrumbs = [];
}
function putUser(changed) {
	user = changed ?? {};
}
function putTag(name, value) {
	const { [name]: _before, ...others } = tags;
	tags = value === null ? others : {
		...others,
		[name]: value
	};
}
function putBreadcrumb(crumb) {
	const kept = options.maxBreadcrumbs ?? 100;
	breadcrumbs = [...breadcrumbs, {
		timestamp: Date.now() / 1e3,
		...crumb
	}].slice(-kept || Infinity);
}
/** 32 hex digits; `crypto.randomUUID` is not there on pages without TLS. */
function newId() {
	const bytes = crypto.getRandomValues(/* @__PURE__ */ new Uint8Array(16));
	bytes[6] = bytes[6] & 15 | 64;
	bytes[8] = bytes[8] & 63 | 128;
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
// src/dsn.ts
/** Where envelopes of a DSN go to, with the key in the query, as that needs no preflight. */
function envelopeUrl(dsn, client) {
	const match = /^(https?):\/\/([\w-]+)(?::[\w-]*)?@([^/?#]+)(\/[^?#]+)?\/(\d+)\/?$/.exec(dsn);
	if (!match) throw new Error(`dsn: '${dsn}' (expected: https://<key>@<host>/<project>)`);
	const [, scheme, key, host, path = "", project] = match;
	return `${scheme}://${host}${path}/api/${project}/envelope/?sentry_version=7&sentry_key=${key}&sentry_client=${client}`;
}
// src/stack.ts
var MAX_FRAMES = 50;
var MAX_CAUSES = 5;
var MAX_TEXT = 8192;
/** `at name (url:1:2)` and `at url:1:2` of Chrome; `name@url:1:2` and `url:1:2` of Firefox and Safari. */
var CALL = /^\s*(?:at (?:(.+?) \()?|(.*?)@(?=[\w-]+:))?(?:async )?(\S.*?):(\d+):(\d+)\)?$/;
/** Where scripts that a tool has written an id into put it, by the stack of a line of theirs. */
var IDS = "_sentryDebugIds";
/** The calls of a stack as browsers write it, the oldest first. */
function frames(stack) {
	const found = [];
	for (const line of (stack ?? "").split("\n")) {
		const call = CALL.exec(line);
		if (call && found.length < MAX_FRAMES) found.unshift(frame(call[3], +call[4], +call[5], call[1] ?? call[2]));
	}
	return found;
}
function frame(filename, lineno, colno, name) {
	return {
		filename,
		function: name?.replace(/^async /, "") || "?",
		lineno,
		colno,
		in_app: true
	};
}
/** Whether it is an error, also one of another window. */
var isError = (thrown) => thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object Error]";
/** What was thrown and its causes, the first cause first. Whatever can be thrown has a value. */
function exceptions(thrown) {
	const values = [];
	for (let cause = thrown; values.length < MAX_CAUSES && (cause || !values[0]);) {
		if (!isError(cause)) {
			values.unshift({
				type: "Error",
				value: text(cause).slice(0, MAX_TEXT)
			});
			break;
		}
		const thing = cause;
		const message = text(thing.message ?? "");
		const calls = frames(withoutHead(text(thing.stack ?? ""), message));
		values.unshift({
			type: text(thing.name ?? "Error").slice(0, MAX_TEXT),
			value: message.slice(0, MAX_TEXT),
			...calls[0] && { stacktrace: { frames: calls } }
		});
		cause = cause.cause;
	}
	return values;
}
function text(thrown) {
	return Object.prototype.toString.call(thrown) === "[object Object]" ? json(thrown) : String(thrown);
}
/** A stack without the message that V8 has in front of it, whose lines might look like calls. Other browsers have none. */
function withoutHead(stack, message) {
	const at = stack.indexOf(message);
	const calls = stack.slice(at + message.length);
	return at >= 0 && /^(?:.*: )?$/.test(stack.slice(0, at)) && /^(?:\n\s+at |$)/.test(calls) ? calls : stack;
}
/** JSON of anything: what is inside of itself, and what JSON does not know, is said in words. */
function json(value) {
	const around = [];
	return JSON.stringify(value, function(_key, inner) {
		if (typeof inner === "bigint") return String(inner);
		if (typeof inner !== "object" || !inner) return inner;
		while (around.length && around.at(-1) !== this) around.pop();
		if (around.includes(inner)) return "[Circular]";
		around.push(inner);
		if (inner instanceof Node) return inner.nodeName;
		return isError(inner) ? String(inner) : inner;
	});
}
/** The debug ids of the files that are in the stack traces of an event. */
function images(values) {
	const ids = {};
	const noted = globalThis[IDS] ?? {};
	for (const [stack, id] of Object.entries(noted)) {
		const own = frames(stack).at(-1);
		if (own) ids[own.filename] = id;
	}
	const files = values.flatMap((value) => value.stacktrace?.frames ?? []).map((call) => call.filename);
	const found = [...new Set(files)].filter((file) => ids[file]);
	return found[0] ? { images: found.map((file) => ({
		type: "sourcemap",
		code_file: file,
		debug_id: ids[file]
	})) } : void 0;
}
// src/transport.ts
var NAME = "resentry.javascript";
var VERSION = "0.1.0";
var MAX_QUEUED = 30;
var MAX_FAILURES = 5;
var WITHOUT_NETWORK = 6e4;
var AFTER_REFUSAL = 1e4;
/** What a browser sends after the page is gone is 64 KiB at a time. */
var MAX_KEEPALIVE = 6e4;
/** Taken before the page wraps it: what reports failed requests would report those of reports too. */
var browserFetch = globalThis.fetch;
var url = "";
var dsn = "";
var queue = [];
var order = 0;
var isSending = false;
var notBefore = 0;
/** When limits end, by category; without a name the one of all. */
var limits = {};
/** What was dropped and not reported yet, by reason and category. */
var dropped = {};
function connect(address, tunnel) {
	const direct = address && envelopeUrl(address, `resentry.javascript/0.1.0`);
	dsn = address;
	url = direct && tunnel || direct;
	queue = [];
	limits = {};
	dropped = {};
	notBefore = 0;
}
/** Sends nothing from here on. */
function disconnect() {
	url = "";
	queue = [];
}
var isConnected = () => !!url;
/** Whether a request is one of the client, which is no breadcrumb. */
var isOwn = (address) => address === url;
function drop(reason, category) {
	const key = `${reason}:${category}`;
	dropped[key] = (dropped[key] ?? 0) + 1;
}
/** Sends an item as soon as those before it are sent. */
function enqueue(type, payload, eventId) {
	const category = eventId ? "error" : "session";
	if (queue.length >= MAX_QUEUED) drop("queue_overflow", category);
	else if (url) {
		queue.push({
			category,
			type,
			body: json(payload),
			order: order++,
			failures: 0,
			...eventId && { eventId }
		});
		sendNext();
	}
}
/** One after the other: the start of a session is there before what became of it, and a limit stops those behind it. */
async function sendNext() {
	if (isSending || Date.now() < notBefore) return;
	isSending = true;
	for (let item = next(); item; item = next()) {
		const wait = await send$1(item);
		if (wait) {
			notBefore = Date.now() + wait;
			setTimeout(() => void sendNext(), wait);
			break;
		}
	}
	isSending = false;
}
/** Sends what waits for the network. */
function sendNow() {
	notBefore = 0;
	sendNext();
}
/** Sends all that waits at once, as the page goes away, and what was dropped; first what is small, as there may not be room for all. */
function sendRest() {
	if (!url) return;
	const rest = [];
	for (let item = next(); item; item = next()) rest.push(item);
	if (Object.keys(dropped)[0] && !isLimited("")) send$1(void 0, true);
	for (const type of ["session", "event"]) for (const item of rest) if (item.type === type) send$1(item, true);
}
/** The next item that no limit forbids. */
function next() {
	let item = queue.shift();
	while (item && (isLimited("") || isLimited(item.category))) {
		drop("ratelimit_backoff", item.category);
		item = queue.shift();
	}
	return item;
}
var isLimited = (category) => (limits[category] ?? 0) > Date.now();
/** Sends an item with what was dropped before it, and says for how long nothing is to be sent then. */
async function send$1(item, isLast) {
	const to = url;
	const reported = dropped;
	dropped = {};
	const body = envelope(item, reported);
	const keepalive = new Blob([body]).size < MAX_KEEPALIVE;
	try {
		if (isLast && !("keepalive" in Request.prototype)) {
			if (!navigator.sendBeacon(to, body)) throw new Error("no room");
			return 0;
		}
		const answer = await browserFetch(to, {
			method: "POST",
			body,
			keepalive,
			credentials: "omit",
			referrerPolicy: "strict-origin"
		});
		obey(answer);
		if (answer.status < 400 || answer.status === 429) return 0;
		if (item) drop("send_error", item.category);
		return AFTER_REFUSAL;
	} catch {
		if (to !== url) return 0;
		for (const key in reported) dropped[key] = (dropped[key] ?? 0) + reported[key];
		if (!item) return 0;
		if (navigator.onLine) item.failures++;
		if (item.failures < MAX_FAILURES) {
			queue.push(item);
			queue.sort((one, other) => one.order - other.order);
			return item.failures ? 1e3 * 2 ** item.failures : WITHOUT_NETWORK;
		}
		drop("network_error", item.category);
		return 0;
	}
}
function envelope(item, reported) {
	const header = {
		event_id: item?.eventId,
		sent_at: (/* @__PURE__ */ new Date()).toISOString(),
		dsn,
		sdk: {
			name: NAME,
			version: VERSION
		}
	};
	const discarded = Object.entries(reported).map(([key, quantity]) => {
		const [reason, category] = key.split(":");
		return {
			reason,
			category,
			quantity
		};
	});
	const report = {
		timestamp: Date.now() / 1e3,
		discarded_events: discarded
	};
	return [
		json(header),
		...item ? [json({ type: item.type }), item.body] : [],
		...discarded[0] ? ["{\"type\":\"client_report\"}", json(report)] : []
	].join("\n");
}
/** Remembers the limits of an answer: those that it names, or else the one that status 429 means. */
function obey(answer) {
	const named = answer.headers.get("X-Sentry-Rate-Limits");
	if (named) for (const limit of named.split(",")) {
		const [seconds, categories = ""] = limit.trim().split(":");
		for (const category of categories.split(";")) restrict(category, +seconds);
	}
	else if (answer.status === 429) {
		const after = answer.headers.get("Retry-After") ?? "";
		restrict("", after ? +after || (Date.parse(after) - Date.now()) / 1e3 : 60);
	}
}
function restrict(category, seconds) {
	const until = Date.now() + 1e3 * (Number.isNaN(seconds) ? 60 : seconds);
	limits[category] = Math.max(limits[category] ?? 0, until);
}
// src/session.ts
var session;
/** Forgets the session without a word. */
function forgetSession() {
	session = void 0;
}
/** Says how the visit goes. The first time, and the first time after it ended, a new session begins. */
function say(status) {
	if (!options.release) return;
	const isNew = !session;
	session ??= {
		sid: newId(),
		seq: 0,
		started: Date.now(),
		errors: 0
	};
	const now = Date.now();
	enqueue("session", {
		sid: session.sid,
		did: user.id?.toString(),
		init: isNew,
		seq: session.seq++,
		started: new Date(session.started).toISOString(),
		timestamp: new Date(now).toISOString(),
		duration: (now - session.started) / 1e3,
		errors: session.errors,
		status,
		attrs: {
			release: options.release,
			environment: options.environment,
			user_agent: navigator.userAgent
		}
	});
	if (status !== "ok") session = void 0;
}
/** Counts an error; the first one, and one that nobody handled, are said at once. */
function countError(isHandled) {
	if (!session) return;
	session.errors++;
	if (!isHandled) say("unhandled");
	else if (session.errors === 1) say("ok");
}
/** Ends the session that is open, if one is. */
function endSession() {
	if (session) say("exited");
}
// src/capture.ts
var CAUGHT = {
	type: "generic",
	handled: true
};
/** The ids of errors that were captured: an error boundary and the window may both hear of one. */
var seen = /* @__PURE__ */ new WeakMap();
/** What the last error was, and its id: what fails again and again would be sent without end. */
var last = "";
var lastId = "";
function forgetErrors() {
	seen = /* @__PURE__ */ new WeakMap();
	last = "";
}
/** Sends what was thrown, once, and once if the next one is like it. */
function capture(thrown, context = {}, values = exceptions(thrown)) {
	const known = thrown instanceof Object && seen.get(thrown);
	if (known) return known;
	const { mechanism = CAUGHT, ...more } = context;
	const top = values[values.length - 1];
	const what = json([
		top.type,
		top.value,
		top.stacktrace?.frames.at(-1)
	]);
	if (what === last) return lastId;
	const id = newId();
	last = what;
	lastId = id;
	if (thrown instanceof Object) seen.set(thrown, id);
	top.mechanism = mechanism;
	if (send(id, {
		exception: { values },
		debug_meta: images(values),
		level: "error"
	}, more, thrown)) countError(mechanism.handled || top.value === "Script error." && !top.stacktrace);
	return id;
}
/** Sends a text. */
function captureText(message, context = {}) {
	const { mechanism: _none, ...more } = context;
	const id = newId();
	send(id, {
		message,
		level: "info"
	}, more);
	return id;
}
/** Puts an event together; false if the page does not want it sent. */
function send(id, about, context, thrown) {
	if (!isConnected()) return false;
	let event = {
		event_id: id,
		timestamp: Date.now() / 1e3,
		platform: "javascript",
		release: options.release,
		environment: options.environment,
		dist: options.dist,
		user: { ...user },
		breadcrumbs,
		request: {
			url: address(location.href),
			headers: {
				"User-Agent": navigator.userAgent,
				...document.referrer && { Referer: address(document.referrer) }
			}
		},
		...about,
		...context,
		tags: {
			...tags,
			...context.tags
		}
	};
	if (options.beforeSend) {
		let kept = null;
		try {
			const answer = options.beforeSend(event, { originalException: thrown });
			if (answer?.then) throw new Error("beforeSend: a promise (expected: an event, or null)");
			kept = answer;
		} finally {
			if (!kept) drop("before_send", "error");
		}
		event = kept;
	}
	if (!event) return false;
	enqueue("event", event, id);
	return true;
}
// src/guard.ts
/** Taken before anything wraps it, so that what is said here is no breadcrumb. */
var warn = console.warn;
/** The same function, but whatever goes wrong in it is told in the console and never to the page. */
function guarded(run, otherwise) {
	return (...args) => {
		try {
			return run(...args);
		} catch (fault) {
			warn("resentry:", fault);
			return otherwise;
		}
	};
}
// src/automatic.ts
var note = guarded((crumb) => putBreadcrumb(crumb), void 0);
/** Whether functions of the page are wrapped; once, however often the client is set up. */
var isWrapped = false;
var isOn = false;
/** Hears of all errors that nobody handles, and of what leads to them, until the signal says otherwise. */
function listen(signal) {
	Error.stackTraceLimit = 50;
	addEventListener("error", guarded(onError, void 0), { signal });
	addEventListener("unhandledrejection", guarded((event) => unhandled(event.reason, "onunhandledrejection"), void 0), { signal });
	isOn = options.autoBreadcrumbs !== false;
	if (!isOn) return;
	signal.addEventListener("abort", () => isOn = false);
	addEventListener("click", guarded(onClick, void 0), {
		signal,
		capture: true
	});
	addEventListener("popstate", () => navigated(location.href), { signal });
	if (!isWrapped) wrapAll();
	isWrapped = true;
}
function unhandled(thrown, type, values = exceptions(thrown)) {
	capture(thrown, { mechanism: {
		type,
		handled: false
	} }, values);
}
function onError({ error, message, filename, lineno, colno }) {
	if (error !== void 0 && error !== null) {
		unhandled(error, "onerror");
		return;
	}
	const [, type = "Error", value = ""] = /^(?:Uncaught )?(?:(\w*Error): )?([^]*)$/.exec(message);
	if (value.startsWith("ResizeObserver loop")) return;
	unhandled(void 0, "onerror", [{
		type,
		value,
		...filename && { stacktrace: { frames: [frame(filename, lineno, colno)] } }
	}]);
}
/** The element that was clicked and what it is in, by what does not change with each build. */
function onClick({ target }) {
	const path = [];
	for (let at = target; at?.tagName && path.length < 4; at = at.parentElement) {
		const label = at.getAttribute("aria-label") ?? at.getAttribute("name");
		path.unshift(at.tagName.toLowerCase() + (at.id && `#${at.id}`) + Array.from(at.classList, (name) => `.${name}`).join("") + (label ? `["${label}"]` : ""));
	}
	note({
		category: "ui.click",
		message: path.join(" > ").slice(-MAX_TEXT$1)
	});
}
var here = "";
function navigated(url) {
	const to = address(url);
	if (isOn && to !== here) note({
		category: "navigation",
		data: {
			from: here,
			to
		}
	});
	here = to;
}
/** Puts a function around one of an object, which does what it did and answers the same. */
function wrap(owner, name, around) {
	const functions = owner;
	const original = functions[name];
	if (!original) return;
	functions[name] = function(...args) {
		return around(() => original.apply(this, args), args, this);
	};
}
var LEVELS = {
	debug: "debug",
	info: "info",
	log: "info",
	warn: "warning",
	error: "error"
};
function wrapAll() {
	here = address(location.href);
	for (const name in LEVELS) wrap(console, name, (run, args) => {
		if (isOn) note({
			category: "console",
			level: LEVELS[name],
			message: said(args)
		});
		return run();
	});
	for (const name of ["pushState", "replaceState"]) wrap(history, name, (run) => {
		run();
		navigated(location.href);
	});
	wrap(globalThis, "fetch", (run, [input, init]) => {
		const answer = run();
		watch(answer, input, init);
		return answer;
	});
	wrap(XMLHttpRequest.prototype, "open", (run, [method, url], self) => {
		const request = self;
		const end = () => requested("xhr", String(method), String(url), request.status);
		request.addEventListener("loadend", end, { once: true });
		return run();
	});
}
var watch = guarded((answer, input, init) => {
	const asked = input;
	const url = asked.url ?? String(input);
	const method = init?.method ?? asked.method ?? "GET";
	answer.then(({ status }) => requested("fetch", method, url, status), (fault) => requested("fetch", method, url, 0, said([fault])));
}, void 0);
function requested(category, method, url, status, error) {
	if (!isOn || isOwn(url)) return;
	note({
		type: "http",
		category,
		level: status > 0 && status < 400 ? "info" : "error",
		data: {
			method,
			url: address(url),
			status_code: status || void 0,
			error
		}
	});
}
/** Objects are only named: their texts may be of any size, and are code of the page. What has no text is noted without one. */
function said(args) {
	try {
		return args.map((one) => Object(one) !== one || isError(one) ? String(one) : Object.prototype.toString.call(one)).join(" ").slice(0, MAX_TEXT$1);
	} catch {
		return "";
	}
}
// src/index.ts
var listening = new AbortController();
/** Sets the client up. Called again, it begins anew with what it is told then. */
var init = guarded((chosen) => {
	close();
	reset(chosen);
	connect(chosen.dsn, chosen.tunnel);
	if (!chosen.dsn) return;
	listening = new AbortController();
	const { signal } = listening;
	listen(signal);
	const begin = () => {
		forgetErrors();
		if (chosen.autoSessions !== false) say("ok");
	};
	addEventListener("online", sendNow, { signal });
	addEventListener("pagehide", () => {
		if (chosen.autoSessions !== false) endSession();
		sendRest();
	}, { signal });
	addEventListener("pageshow", ({ persisted }) => persisted && begin(), { signal });
	begin();
}, void 0);
/** Hears and sends nothing any more, until `init` is called again. What waits is dropped. */
var close = guarded(() => {
	listening.abort();
	disconnect();
	forgetSession();
	forgetErrors();
}, void 0);
/** Sends what was thrown, and returns the id of the event. What was sent before has the id that it had. */
var captureException = guarded((thrown, context) => capture(thrown, context), "");
/** Sends a text, with level `info` if none is given, and returns the id of the event. */
var captureMessage = guarded((message, context) => captureText(message, context), "");
/** Says how the visit goes: `ok` begins a session or goes on with it, everything else ends it. */
var sendSession = guarded((status = "ok") => say(status), void 0);
/** Says what happened, for events to come. */
var addBreadcrumb = guarded((crumb) => putBreadcrumb(crumb), void 0);
/** Says who uses the page, for events to come; `null` for nobody any more. */
var setUser = guarded((user) => putUser(user), void 0);
/** Sets a tag of events to come, or takes it off with `null`. */
var setTag = guarded((name, value) => putTag(name, value), void 0);
// src/react.ts
/** Sends errors of its children, and shows something else in their place. */
var ErrorBoundary = class extends Component {
	constructor(..._args) {
		super(..._args);
		this.state = {};
		this.reset = () => {
			this.setState({ fallen: void 0 });
			this.props.onReset?.();
		};
	}
	static getDerivedStateFromError(error) {
		return { fallen: {
			error,
			componentStack: "",
			eventId: ""
		} };
	}
	componentDidCatch(error, info) {
		const { context, onError } = this.props;
		const componentStack = info.componentStack ?? "";
		const fallen = {
			error,
			componentStack,
			eventId: captureException(error, {
				...context,
				contexts: {
					...context?.contexts,
					react: { componentStack }
				},
				mechanism: {
					type: "react",
					handled: true
				}
			})
		};
		this.setState({ fallen });
		onError?.({
			...fallen,
			reset: this.reset
		});
	}
	render() {
		const { children, fallback = null } = this.props;
		const { fallen } = this.state;
		if (!fallen) return children;
		return typeof fallback === "function" ? fallback({
			...fallen,
			reset: this.reset
		}) : fallback;
	}
};
export { ErrorBoundary, addBreadcrumb, captureException, captureMessage, close, init, sendSession, setTag, setUser };
