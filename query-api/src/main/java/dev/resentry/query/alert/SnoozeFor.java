package dev.resentry.query.alert;

import dev.resentry.query.error.ApiException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who is not told. */
public enum SnoozeFor {
    ME,
    EVERYONE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Everyone unless it is said. */
    static SnoozeFor of(@Nullable String word) {
        return word == null
                ? EVERYONE
                : Arrays.stream(values())
                        .filter(one -> one.wireName().equals(word))
                        .findFirst()
                        .orElseThrow(
                                () -> ApiException.invalid("who", "'%s' (expected: me, everyone)".formatted(word)));
    }
}
