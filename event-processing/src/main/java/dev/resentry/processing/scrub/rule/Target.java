package dev.resentry.processing.scrub.rule;

import dev.resentry.processing.scrub.text.SecretKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a rule looks for in the values that its selector finds. */
public enum Target {
    /** Whole values. */
    ANYTHING,
    /** What a regular expression finds. */
    PATTERN,
    CREDITCARD(SecretKind.CARD),
    EMAIL(SecretKind.EMAIL),
    IP(SecretKind.IP),
    IBAN(SecretKind.IBAN),
    SSN(SecretKind.SSN),
    PEMKEY(SecretKind.PEM_KEY),
    URLAUTH(SecretKind.URL_CREDENTIALS),
    USERPATH(SecretKind.USER_PATH),
    /** Values of fields whose names speak of secrets, and of such pairs in texts. */
    PASSWORD(SecretKind.PASSWORD),
    TOKEN(SecretKind.TOKEN, SecretKind.ACCESS_KEY),
    MAC(SecretKind.MAC),
    UUID(SecretKind.UUID);

    private final int kinds;

    Target(SecretKind... kinds) {
        this.kinds = SecretKind.bits(List.of(kinds));
    }

    /** Kinds of secrets, as bits. */
    int kinds() {
        return kinds;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Target> of(String wireName) {
        for (Target target : values()) {
            if (target.wireName().equals(wireName)) {
                return Optional.of(target);
            }
        }
        return Optional.empty();
    }
}
