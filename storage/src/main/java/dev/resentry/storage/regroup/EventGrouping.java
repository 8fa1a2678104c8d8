package dev.resentry.storage.regroup;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Groups stored events by rules. */
public interface EventGrouping {

    /** Pure; fails for no event. */
    Grouped group(EventId id, Instant receivedAt, String payloadJson);

    /**
     * What an event is by the rules.
     *
     * @param hash as hex digits, like the next one
     * @param secondary over all frames; null where there is none
     * @param culprit null if nothing says where it happened
     */
    record Grouped(
            String hash,
            @Nullable String secondary,
            String title,
            @Nullable String culprit) {}

    /** Makes groupings. */
    interface Source {
        /** By rules of a project, and by those that hold for all. */
        EventGrouping by(Regroup.Rules rules);
    }
}
