package dev.resentry.model.outcome;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What quotas and outcomes are counted in; the numbers are the ones SDKs and Sentry use (ingest protocol, 5.3). */
public enum DataCategory {
    DEFAULT(0),
    ERROR(1),
    TRANSACTION(2),
    SECURITY(3),
    ATTACHMENT(4),
    SESSION(5),
    PROFILE(6),
    REPLAY(7),
    MONITOR(10),
    SPAN(12),
    FEEDBACK(14),
    METRIC_BUCKET(15),
    PROFILE_CHUNK(18),
    REPLAY_VIDEO(20),
    ATTACHMENT_ITEM(22),
    LOG_ITEM(23),
    LOG_BYTE(24),
    TRACE_METRIC(33),
    UNKNOWN(-1);

    private final int number;

    DataCategory(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The name SDKs know, as in rate-limit headers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The category of a name. */
    public static Optional<DataCategory> parse(String word) {
        return Arrays.stream(values()).filter(c -> c.wireName().equals(word)).findFirst();
    }
}
