package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.outcome.DropReason;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The contract of topic {@code envelopes.dead}, which earlier versions wrote and nobody writes any more: the record as it
 * stood on {@code envelopes}, value and headers untouched, with the {@link #HEADERS} added. Stays readable, so that its
 * records can be taken over.
 *
 * @param cause what was wrong, for people
 * @param topic where the record stood
 */
public record DeadLetter(DropReason reason, String cause, Instant at, String topic, int partition, long offset) {
    private static final String REASON = "dead-reason";
    private static final String CAUSE = "dead-cause";
    private static final String AT = "dead-at";
    private static final String SOURCE = "dead-source";

    /** The headers that were added to those of the record. */
    public static final Set<String> HEADERS = Set.of(REASON, CAUSE, AT, SOURCE);

    private static final Pattern PLACE = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})");

    /**
     * Reads the headers that were added.
     *
     * @param header finds the last header of a name, or null
     * @return nothing if one of them is missing or not what it should be
     */
    public static Optional<DeadLetter> read(Function<String, byte @Nullable []> header) {
        String cause = text(header, CAUSE);
        Optional<DropReason> reason = Optional.ofNullable(text(header, REASON))
                .flatMap(word -> Arrays.stream(DropReason.values())
                        .filter(known -> known.wireName().equals(word))
                        .findFirst());
        String at = text(header, AT);
        String source = text(header, SOURCE);
        if (cause == null || reason.isEmpty() || at == null || source == null) {
            return Optional.empty();
        }
        Matcher place = PLACE.matcher(source);
        if (!place.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DeadLetter(
                    reason.get(),
                    cause,
                    Instant.parse(at),
                    place.group(1),
                    Integer.parseInt(place.group(2)),
                    Long.parseLong(place.group(3))));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(Function<String, byte @Nullable []> header, String name) {
        byte[] value = header.apply(name);
        return value == null ? null : new String(value, UTF_8);
    }
}
