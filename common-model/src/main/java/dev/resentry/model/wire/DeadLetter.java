package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.outcome.DropReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contract of topic {@code envelopes.dead}: the record as it stood on {@code envelopes}, value and headers untouched,
 * with these headers added.
 *
 * @param cause what was wrong, for people
 * @param source where the record stands on {@code envelopes}, as {@code topic/partition/offset}
 */
public record DeadLetter(DropReason reason, String cause, Instant at, String source) {
    public static final String REASON = "dead-reason";
    public static final String CAUSE = "dead-cause";
    public static final String AT = "dead-at";
    public static final String SOURCE = "dead-source";

    /** The headers to add. */
    public Map<String, byte[]> headers() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put(REASON, reason.wireName().getBytes(UTF_8));
        headers.put(CAUSE, cause.getBytes(UTF_8));
        headers.put(AT, at.toString().getBytes(UTF_8));
        headers.put(SOURCE, source.getBytes(UTF_8));
        return headers;
    }
}
