package dev.resentry.processing.scrub;

import java.util.Locale;
import java.util.Optional;

/** What becomes of addresses of the network. */
public enum IpPolicy {
    /** They stay as they came. */
    KEEP,
    /** Their networks stay: the first 24 bits of version 4, the first 48 of version 6. */
    TRUNCATE,
    /** They go, in texts too. */
    REMOVE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<IpPolicy> of(String wireName) {
        for (IpPolicy policy : values()) {
            if (policy.wireName().equals(wireName)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
