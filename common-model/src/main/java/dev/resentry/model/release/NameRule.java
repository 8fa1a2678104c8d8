package dev.resentry.model.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What releases and environments may be called: their names are parts of URLs and of lists (ingest protocol, section 8.5). */
public enum NameRule {
    RELEASE(200, "bytes", Set.of(".", "..", "latest")),
    ENVIRONMENT(64, "characters", Set.of(".", "..", "none"));

    private final int max;
    private final String unit;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> reserved;

    NameRule(int max, String unit, Set<String> reserved) {
        this.max = max;
        this.unit = unit;
        this.reserved = reserved;
    }

    /** What is wrong with a name. */
    public enum Fault {
        TOO_LONG,
        INVALID_CHARACTER,
        RESERVED
    }

    /** What keeps a text, without white space around it, from being such a name. */
    public Optional<Fault> fault(String name) {
        if (name.length() > max || (this == RELEASE && name.getBytes(UTF_8).length > max)) {
            return Optional.of(Fault.TOO_LONG);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '\\' || Character.isISOControl(c)) {
                return Optional.of(Fault.INVALID_CHARACTER);
            }
        }
        return reserved.contains(name.toLowerCase(Locale.ROOT)) ? Optional.of(Fault.RESERVED) : Optional.empty();
    }

    /** The longest name, with its unit. */
    public String limit() {
        return max + " " + unit;
    }

    /** The whole rule in words. */
    public String words() {
        return "expected: 1 to %s without slashes, backslashes and control characters, and none of %s"
                .formatted(limit(), String.join(", ", reserved.stream().sorted().toList()));
    }
}
