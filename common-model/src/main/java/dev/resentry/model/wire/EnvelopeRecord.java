package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contract of topic {@code envelopes}, version 1: the untouched body is the record's value, everything else stands in
 * headers, as UTF-8 text. The key is unused.
 *
 * <p>Compatible changes only: a new header may be added if its absence stays readable; no header is renamed, removed or
 * given another meaning. An envelope accepted by an old gateway is processed by a new processor, months later.
 */
public final class EnvelopeRecord {
    public static final String VERSION = "version";
    public static final String ENVELOPE_ID = "envelope-id";
    public static final String PROJECT_ID = "project-id";
    public static final String PUBLIC_KEY = "public-key";
    /** Microseconds since 1970, decimal. */
    public static final String RECEIVED_AT = "received-at";

    public static final String ENDPOINT = "endpoint";
    public static final String EVENT_ID = "event-id";
    public static final String CONTENT_ENCODING = "content-encoding";
    public static final String CONTENT_TYPE = "content-type";
    public static final String CLIENT = "client";
    public static final String REMOTE_ADDRESS = "remote-address";
    public static final String USER_AGENT = "user-agent";
    public static final String ORIGIN = "origin";
    public static final String QUERY = "query";
    public static final String SLUG = "slug";
    /** The words of data categories, joined by commas. */
    public static final String LIMITED = "limited";

    /** The gateway that put the record on the topic, by its name; for people. */
    public static final String GATEWAY = "gateway";

    private static final String CURRENT_VERSION = "1";

    private EnvelopeRecord() {}

    /** The headers of an envelope's record; absent values have no header. */
    public static Map<String, byte[]> headers(Receipt receipt) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        put(headers, VERSION, CURRENT_VERSION);
        put(headers, ENVELOPE_ID, receipt.id().toString());
        put(headers, PROJECT_ID, receipt.projectId().toString());
        put(headers, PUBLIC_KEY, receipt.publicKey().value());
        put(headers, RECEIVED_AT, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, receipt.receivedAt())));
        put(headers, ENDPOINT, receipt.endpoint().wireName());
        put(
                headers,
                EVENT_ID,
                receipt.eventId() == null ? null : receipt.eventId().toString());
        put(headers, CONTENT_ENCODING, receipt.contentEncoding());
        put(headers, CONTENT_TYPE, receipt.contentType());
        put(headers, CLIENT, receipt.client());
        put(headers, REMOTE_ADDRESS, receipt.remoteAddress());
        put(headers, USER_AGENT, receipt.userAgent());
        put(headers, ORIGIN, receipt.origin());
        put(headers, QUERY, receipt.query());
        put(headers, SLUG, receipt.slug());
        put(headers, LIMITED, receipt.limited().isEmpty() ? null : words(receipt.limited()));
        return headers;
    }

    /** Categories as header {@code limited} has them; empty for none. */
    public static String words(Set<DataCategory> categories) {
        return categories.stream().map(DataCategory::wireName).sorted().collect(Collectors.joining(","));
    }

    /**
     * Reads a record back.
     *
     * @param header finds the last header of a name, or null
     */
    public static Read read(Function<String, byte @Nullable []> header, byte @Nullable [] body) {
        var fields = new Fields(header);
        if (!CURRENT_VERSION.equals(fields.text(VERSION))) {
            return new Unreadable("header version: %s (expected: %s)".formatted(fields.text(VERSION), CURRENT_VERSION));
        }
        if (body == null) {
            return new Unreadable("record has no value");
        }
        var id = fields.parse(ENVELOPE_ID, EnvelopeId::parse);
        var project = fields.parse(PROJECT_ID, ProjectId::parse);
        var key = fields.parse(PUBLIC_KEY, PublicKey::parse);
        var receivedAt = fields.parse(RECEIVED_AT, EnvelopeRecord::instantOfMicros);
        var endpoint = fields.parse(ENDPOINT, Endpoint::parse);
        if (id == null || project == null || key == null || receivedAt == null || endpoint == null) {
            return new Unreadable(fields.fault);
        }
        String eventId = fields.text(EVENT_ID);
        return new Received(new RawEnvelope(
                new Receipt(
                        id,
                        project,
                        key,
                        receivedAt,
                        endpoint,
                        eventId == null ? null : EventId.parse(eventId).orElse(null),
                        fields.text(CONTENT_ENCODING),
                        fields.text(CONTENT_TYPE),
                        fields.text(CLIENT),
                        fields.text(REMOTE_ADDRESS),
                        fields.text(USER_AGENT),
                        fields.text(ORIGIN),
                        fields.text(QUERY),
                        fields.text(SLUG),
                        categories(fields.text(LIMITED))),
                body));
    }

    /** Reads header {@link #RECEIVED_AT}. */
    public static Optional<Instant> instantOfMicros(String text) {
        try {
            return Optional.of(Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Reads {@link #words}. A category of a newer gateway, which this reader does not know, is left out. */
    public static Set<DataCategory> categories(@Nullable String words) {
        return words == null
                ? Set.of()
                : Arrays.stream(words.split(","))
                        .map(DataCategory::parse)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static void put(Map<String, byte[]> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value.getBytes(UTF_8));
        }
    }

    /** What a record holds. */
    public sealed interface Read {}

    /** An envelope. */
    public record Received(RawEnvelope envelope) implements Read {}

    /** Not a record that a gateway wrote; the cause names the header. */
    public record Unreadable(String cause) implements Read {}

    private static final class Fields {
        private final Function<String, byte @Nullable []> header;
        private String fault = "";

        Fields(Function<String, byte @Nullable []> header) {
            this.header = header;
        }

        @Nullable
        String text(String name) {
            byte[] value = header.apply(name);
            return value == null ? null : new String(value, UTF_8);
        }

        <T> @Nullable T parse(String name, Function<String, Optional<T>> reader) {
            String text = text(name);
            T value = text == null ? null : reader.apply(text).orElse(null);
            if (value == null && fault.isEmpty()) {
                fault = "header %s: %s".formatted(name, text == null ? "missing" : "unreadable: " + text);
            }
            return value;
        }
    }
}
