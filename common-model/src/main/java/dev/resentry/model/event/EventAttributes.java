package dev.resentry.model.event;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lists, counts and search need of an event beside its name, level, platform, release and environment. Texts have at most 200
 * characters.
 *
 * @param transaction what was being done, such as a route
 * @param userHash whom it happened to; null if the event says nothing that tells users apart
 * @param traceId the trace that it belongs to
 * @param handled false if an exception left the program, true if the program caught all; null if the SDK does not say
 * @param errorType the class of the exception that was thrown last
 */
public record EventAttributes(
        @Nullable String transaction,
        @Nullable UserHash userHash,
        @Nullable UUID traceId,
        @Nullable Boolean handled,
        @Nullable String sdkName,
        @Nullable String sdkVersion,
        @Nullable String errorType) {
    private static final int MAX_TEXT = 200;
    private static final UUID NO_TRACE = new UUID(0, 0);

    /** The attributes of a normalised event, whose user may have been taken out of it by now. */
    public static EventAttributes of(Event event, @Nullable UserHash user) {
        return new EventAttributes(
                text(event.transaction()),
                user,
                // Written as an event id is: 32 hex digits.
                EventId.parse(event.traceId())
                        .map(EventId::value)
                        .filter(trace -> !trace.equals(NO_TRACE))
                        .orElse(null),
                event.exceptions().handled().orElse(null),
                text(event.sdk().name()),
                text(event.sdk().version()),
                text(event.exceptions().thrown().map(ExceptionValue::type).orElse("")));
    }

    private static @Nullable String text(String given) {
        return Optional.of(given.strip())
                .filter(text -> !text.isEmpty())
                .map(EventAttributes::cut)
                .orElse(null);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        // Not between the two halves of one character.
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }
}
