package dev.resentry.storage.regroup;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Groups stored events by rules. */
public interface EventGrouping {

    /** Fails for no event. What cannot be asked now is an exception, which is worth another try. */
    Grouped group(EventId id, Instant receivedAt, String payloadJson);

    /**
     * What an event is by the rules.
     *
     * @param hash as hex digits, like the next one
     * @param secondary over all frames; null where there is none
     * @param culprit null if nothing says where it happened
     * @param readable null if nobody looked for source maps
     */
    record Grouped(
            String hash,
            @Nullable String secondary,
            String title,
            @Nullable String culprit,
            @Nullable ReadablePayload readable) {

        /** What an event is whose payload stays as it is. */
        public Grouped(String hash, @Nullable String secondary, String title, @Nullable String culprit) {
            this(hash, secondary, title, culprit, null);
        }
    }

    /**
     * What source maps make of an event.
     *
     * @param payloadJson null if nothing changes
     * @param needsMore whether frames stay minified for want of source maps
     */
    record ReadablePayload(@Nullable String payloadJson, boolean needsMore) {}

    /** Makes groupings. */
    interface Source {
        /** By rules of a project, and by those that hold for all. */
        EventGrouping by(Regroup.Rules rules);

        /** The same for events that are made readable first, by the source maps that their project has now. */
        EventGrouping readable(long project, Regroup.Rules rules);

        /** Pure: the payload of an event as it was before source maps made it readable. */
        String minified(String payloadJson);
    }
}
