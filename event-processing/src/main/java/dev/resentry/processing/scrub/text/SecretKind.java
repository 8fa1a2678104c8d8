package dev.resentry.processing.scrub.text;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What is looked for in texts, with the rule's name in {@code _meta} and the text that takes its place. */
public enum SecretKind {
    /** The value of a pair whose key is one of a secret. */
    PASSWORD(1, "@password", "[Filtered]"),
    CARD(1 << 1, "@creditcard", "[card]"),
    IBAN(1 << 2, "@iban", "[iban]"),
    SSN(1 << 3, "@usssn", "[ssn]"),
    PEM_KEY(1 << 4, "@pemkey", "[key]"),
    URL_CREDENTIALS(1 << 5, "@urlauth", "[Filtered]"),
    USER_PATH(1 << 6, "@userpath", "[user]"),
    /** What lets in whoever holds it: bearer and basic credentials, JWTs, keys and tokens of well-known services. */
    TOKEN(1 << 7, "@token", "[token]"),
    /** The id of a key, by which its secret is known. */
    ACCESS_KEY(1 << 8, "@key", "[key]"),
    EMAIL(1 << 9, "@email", "[email]"),
    IP(1 << 10, "@ip", "[ip]"),
    MAC(1 << 11, "@mac", "[mac]"),
    UUID(1 << 12, "@uuid", "[uuid]");

    /** What is taken out of free texts unless a project wants more. */
    public static final Set<SecretKind> DEFAULT = Set.copyOf(EnumSet.range(PASSWORD, EMAIL));

    private final int bit;
    private final String rule;
    private final String marker;

    SecretKind(int bit, String rule, String marker) {
        this.bit = bit;
        this.rule = rule;
        this.marker = marker;
    }

    public String rule() {
        return rule;
    }

    public String marker() {
        return marker;
    }

    /** Some kinds as bits. */
    public static int bits(Collection<SecretKind> kinds) {
        int bits = 0;
        for (SecretKind kind : kinds) {
            bits |= kind.bit();
        }
        return bits;
    }

    public int bit() {
        return bit;
    }
}
