package dev.resentry.processing.scrub.place;

import dev.resentry.processing.scrub.place.Place.Part;

/** What stands where in events, transactions, spans and logs. What is not said here is free text below names that may speak of secrets. */
public final class EventPlaces {
    /** Free texts and what holds them. */
    static final Place FREE = free(Content.FREE);

    /** Cookies and what holds them. */
    public static final Place COOKIES = free(Content.COOKIES);

    private static final Place ADDRESS = free(Content.ADDRESS);

    private static final Place FRAME = new Place(Content.NAME, Part.FRAME)
            .with(FREE, "vars", "data")
            .with(Content.SOURCE, "context_line", "pre_context", "post_context", "source_link")
            .with(
                    Content.NAME,
                    "filename",
                    "abs_path",
                    "module",
                    "package",
                    "function",
                    "raw_function",
                    "lineno",
                    "colno",
                    "in_app",
                    "platform",
                    "symbol",
                    "symbol_addr",
                    "image_addr",
                    "instruction_addr",
                    "addr_mode",
                    "trust",
                    "lang",
                    "stack_start",
                    "lock")
            .others(FREE);

    private static final Place STACKTRACE = new Place(Content.NAME, Part.STACKTRACE)
            .with(FRAME, "frames")
            .with(Content.NAME, "registers", "lang", "snapshot", "instruction_addr_adjustment")
            .others(FREE);

    private static final Place EXCEPTION = listed(new Place(Content.FREE, Part.ERROR)
            .with(FREE, "value")
            .with(Content.NAME, "type", "module", "thread_id")
            .with(STACKTRACE, "stacktrace", "raw_stacktrace")
            .with(
                    new Place(Content.FREE, null)
                            .with(
                                    Content.NAME,
                                    "type",
                                    "handled",
                                    "synthetic",
                                    "help_link",
                                    "source",
                                    "exception_id",
                                    "parent_id",
                                    "meta")
                            .others(FREE),
                    "mechanism")
            .others(FREE));

    private static final Place THREAD = listed(new Place(Content.FREE, Part.THREAD)
            .with(Content.NAME, "id", "crashed", "current", "main", "state", "held_locks")
            .with(STACKTRACE, "stacktrace", "raw_stacktrace")
            .others(FREE));

    private static final Place BREADCRUMB = listed(new Place(Content.FREE, Part.BREADCRUMB)
            .with(Content.FIXED, "timestamp", "event_id")
            .with(Content.NAME, "type", "category", "level")
            .others(FREE));

    private static final Place REQUEST = new Place(Content.FREE, Part.HTTP)
            .with(Content.NAME, "method", "inferred_content_type", "api_target")
            .with(COOKIES, "cookies")
            .with(
                    new Place(Content.FREE, null)
                            .with(Content.NAME, "User-Agent", "user-agent", "USER-AGENT", "User-agent")
                            .others(FREE),
                    "headers")
            .with(
                    new Place(Content.FREE, null)
                            .with(ADDRESS, "REMOTE_ADDR")
                            .with(Content.NAME, "HTTP_USER_AGENT")
                            .others(FREE),
                    "env")
            .with(FREE, "url", "query_string", "data", "fragment")
            .others(FREE);

    private static final Place USER = new Place(Content.FREE, Part.USER)
            .with(Content.IDENTITY, "id", "username", "email", "name")
            .with(ADDRESS, "ip_address")
            .with(Content.NAME, "geo", "sentry_user")
            .others(FREE);

    private static final Place TRACE = new Place(Content.FREE, null)
            .with(
                    Content.FIXED,
                    "trace_id",
                    "span_id",
                    "parent_span_id",
                    "segment_id",
                    "profile_id",
                    "sampled",
                    "exclusive_time",
                    "client_sample_rate",
                    "type")
            .with(Content.NAME, "op", "status", "origin")
            .with(attributes(), "data")
            .others(FREE);

    private static final Place CONTEXTS = new Place(Content.FREE, null)
            .with(TRACE, "trace")
            .with(Content.FIXED, "replay", "profile")
            .with(
                    new Place(Content.FREE, null)
                            .with(Content.IDENTITY, "name", "contact_email")
                            .with(Content.FIXED, "associated_event_id", "replay_id", "type")
                            .others(FREE),
                    "feedback")
            .others(new Place(Content.FREE, null).with(Content.NAME, "type").others(FREE));

    /** A span of a transaction, or one of its own, in both versions of the protocol. */
    public static final Place SPAN = new Place(Content.FREE, Part.SPAN)
            .with(
                    Content.FIXED,
                    "_meta",
                    "trace_id",
                    "span_id",
                    "parent_span_id",
                    "segment_id",
                    "profile_id",
                    "is_segment",
                    "start_timestamp",
                    "timestamp",
                    "end_timestamp",
                    "exclusive_time",
                    "same_process_as_parent",
                    "measurements",
                    "kind",
                    "links")
            .with(Content.NAME, "op", "status", "origin", "platform")
            .with(Content.ROUTE, "name")
            .with(attributes(), "data", "attributes", "tags", "sentry_tags")
            .others(FREE);

    /** A log: what it says, and its attributes. */
    public static final Place LOG = new Place(Content.FREE, null)
            .with(new Place(Content.FREE, Part.MESSAGE).others(FREE), "body")
            .with(
                    attributes()
                            .with(
                                    Content.NAME,
                                    "sentry.environment",
                                    "sentry.release",
                                    "sentry.sdk.name",
                                    "sentry.sdk.version",
                                    "service.name",
                                    "service.version",
                                    "resentry.incomplete"),
                    "attributes")
            .others(FREE);

    /** An event or a transaction. */
    public static final Place EVENT = new Place(Content.FREE, null)
            .with(
                    Content.FIXED,
                    "_meta",
                    "event_id",
                    "type",
                    "version",
                    "project",
                    "key_id",
                    "timestamp",
                    "start_timestamp",
                    "received",
                    "level",
                    "platform",
                    "debug_meta",
                    "errors",
                    "measurements",
                    "breakdowns",
                    "_metrics",
                    "_metrics_summary",
                    "transaction_info")
            .with(Content.NAME, "release", "dist", "environment", "modules")
            .with(Content.ROUTE, "transaction", "culprit", "fingerprint", "server_name")
            .with(
                    new Place(Content.NAME, Part.SDK)
                            .with(ADDRESS, "client_ip")
                            .others(new Place(Content.NAME, null).others(null)),
                    "sdk")
            .with(
                    new Place(Content.FREE, Part.MESSAGE)
                            .with(FREE, "message", "formatted", "params")
                            .others(FREE),
                    "logentry")
            .with(new Place(Content.FREE, Part.MESSAGE).others(FREE), "message")
            .with(EXCEPTION, "exception")
            .with(THREAD, "threads")
            .with(STACKTRACE, "stacktrace", "raw_stacktrace")
            .with(BREADCRUMB, "breadcrumbs")
            .with(REQUEST, "request")
            .with(USER, "user")
            .with(CONTEXTS, "contexts")
            .with(SPAN, "spans")
            .with(FREE, "tags", "extra", "logger")
            .others(FREE);

    private EventPlaces() {}

    /** Free texts and whatever holds them, all of one content. */
    private static Place free(Content content) {
        Place place = new Place(content, null);
        return place.others(place);
    }

    /** Where SDKs put addresses of users among a span's attributes. */
    private static Place attributes() {
        return new Place(Content.FREE, null)
                .with(ADDRESS, "user.ip", "user.ip_address", "client.address")
                .with(Content.NAME, "user_agent.original", "thread.id", "thread.name", "sentry.op", "sentry.origin")
                .with(Content.IDENTITY, "user.id", "user.email", "user.name", "user.username")
                .others(FREE);
    }

    private static Place listed(Place entry) {
        return entry.with(entry, "values");
    }
}
