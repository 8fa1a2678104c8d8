package dev.resentry.model.envelope;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kind of route a body came in by, which decides how the processor reads it. */
public enum Endpoint {
    /** The body is an envelope. */
    ENVELOPE,
    /** The body is the JSON of one event, plain or in one of the two old base64 forms (ingest protocol, section 4). */
    STORE,
    /** The body is what a browser reports of a broken security rule; release and environment stand in the query. */
    SECURITY,
    /** The body is a list of network errors as the Reporting API writes them. */
    NEL,
    /** The body is a crash dump, alone or as a part of a form. */
    MINIDUMP,
    /** The body is a crash report of the Unreal engine. */
    UNREAL,
    /** The body is a form whose files belong to the event that the receipt names. */
    ATTACHMENTS,
    /** A sign of life of the job that the receipt's slug names: in the body as JSON, or in the query and without a body. */
    CRON,
    /** The body is the form of the dialog in which people say what happened to them; the receipt names the event. */
    ERROR_PAGE,
    /** The body is an OTLP export request for traces, as JSON or protobuf by its content type. */
    OTLP_TRACES,
    /** The body is an OTLP export request for logs, as JSON or protobuf by its content type. */
    OTLP_LOGS,
    /** The body is one error in the simple form: {@code message}, {@code stack}, {@code method}, {@code path} … */
    ERROR_REPORT,
    /** The body is one event in the team form: {@code message}, {@code level}, {@code release}, {@code extra} … */
    EVENT_REPORT,
    /** The body is one session in the team form: {@code session_id}, {@code status}, {@code duration_ms} … */
    SESSION_REPORT,
    /** No route: the body is an envelope that an import made of an event of another installation. */
    IMPORT;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Endpoint> parse(String word) {
        return Arrays.stream(values()).filter(e -> e.wireName().equals(word)).findFirst();
    }
}
