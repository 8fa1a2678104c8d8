package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A day of an issue of which more events arrived than payloads are kept.
 *
 * @param day of arrival, in UTC
 * @param payloads how many events have theirs
 * @param onlyCounted how many have none
 * @param firstEventId the first of those with a payload; null if there is none any more
 */
public record CappedDay(
        LocalDate day,
        long payloads,
        long onlyCounted,
        @Nullable EventId firstEventId) {}
