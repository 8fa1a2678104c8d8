package dev.resentry.storage.delivery;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far a delivery is. */
public enum DeliveryState {
    /** Is being sent, or will be. */
    WAITING,
    /** The other side has it. */
    DELIVERED,
    /** Was tried, and is tried no more until somebody sends it again. */
    DEAD,
    /** Was not tried, because its target said that there is nobody any more. */
    SUPPRESSED;

    /** The words of all states, for messages. */
    public static final String WORDS =
            Arrays.stream(values()).map(DeliveryState::wireName).collect(Collectors.joining(", "));

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DeliveryState> of(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(wireName))
                .findFirst();
    }
}
