package dev.resentry.model.envelope;

import dev.resentry.model.outcome.DataCategory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The type of an item: one that is known, or a name that is not (future SDKs may send any). */
public sealed interface ItemType {

    /** The name as it stands in the item's header. */
    String wireName();

    /** What an item of this type counts as. */
    DataCategory category();

    /** Whether an item of this type belongs to an event, so that its envelope needs an event id (ingest protocol, 2.4). */
    boolean needsEventId();

    /** The type of a name; aliases of old SDKs become the type they stand for. */
    static ItemType of(String wireName) {
        Known known = Known.BY_WIRE_NAME.get(wireName);
        return known == null ? new Unknown(wireName) : known;
    }

    /** The types of the ingest protocol, section 3.2. */
    enum Known implements ItemType {
        EVENT(DataCategory.ERROR, true),
        TRANSACTION(DataCategory.TRANSACTION, true),
        SECURITY(DataCategory.SECURITY, true),
        RAW_SECURITY(DataCategory.SECURITY, true),
        ATTACHMENT(DataCategory.ATTACHMENT, true),
        FORM_DATA(DataCategory.DEFAULT, true),
        UNREAL_REPORT(DataCategory.ERROR, true),
        USER_REPORT(DataCategory.FEEDBACK, true),
        FEEDBACK(DataCategory.FEEDBACK, true),
        REPLAY_EVENT(DataCategory.REPLAY, true),
        PROFILE(DataCategory.PROFILE, true),
        PROFILE_CHUNK(DataCategory.PROFILE_CHUNK, false),
        REPLAY_RECORDING(DataCategory.REPLAY, false),
        REPLAY_VIDEO(DataCategory.REPLAY_VIDEO, false),
        SESSION(DataCategory.SESSION, false),
        SESSIONS(DataCategory.SESSION, false),
        CLIENT_REPORT(DataCategory.DEFAULT, false),
        CHECK_IN(DataCategory.MONITOR, false),
        LOG(DataCategory.LOG_ITEM, false),
        SPAN(DataCategory.SPAN, false),
        TRACE_METRIC(DataCategory.TRACE_METRIC, false),
        STATSD(DataCategory.METRIC_BUCKET, false),
        METRIC_BUCKETS(DataCategory.METRIC_BUCKET, false),
        NEL(DataCategory.DEFAULT, false);

        private static final Map<String, Known> BY_WIRE_NAME = byWireName();

        private final DataCategory category;
        private final boolean needsEventId;

        Known(DataCategory category, boolean needsEventId) {
            this.category = category;
            this.needsEventId = needsEventId;
        }

        private static Map<String, Known> byWireName() {
            Map<String, Known> types =
                    Arrays.stream(values()).collect(Collectors.toMap(Known::wireName, Function.identity()));
            // Sent by the Android SDK 8.10 and 8.11.
            types.put("profile_chunk_ui", PROFILE_CHUNK);
            return Map.copyOf(types);
        }

        @Override
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public DataCategory category() {
            return category;
        }

        @Override
        public boolean needsEventId() {
            return needsEventId;
        }
    }

    /** A type of another age. */
    record Unknown(String wireName) implements ItemType {
        @Override
        public DataCategory category() {
            return DataCategory.UNKNOWN;
        }

        @Override
        public boolean needsEventId() {
            return false;
        }
    }
}
