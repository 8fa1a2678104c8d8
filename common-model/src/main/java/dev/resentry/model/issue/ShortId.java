package dev.resentry.model.issue;

import java.util.Locale;
import java.util.Optional;

/**
 * What people call an issue in speech and in commits: the project's slug and the issue's id in letters that are not mistaken for
 * digits, as {@code WEB-1A}. As ids are not used again, short ids are not either.
 */
public record ShortId(String projectSlug, long issueId) {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;

    /** An id of 63 bits. */
    private static final int MOST_DIGITS = 13;

    /** The slug in small letters and the issue of a text; empty if it is no short id. */
    public static Optional<ShortId> parse(String text) {
        int dash = text.lastIndexOf('-');
        int digits = text.length() - dash - 1;
        if (dash < 1 || digits < 1 || digits > MOST_DIGITS) {
            return Optional.empty();
        }
        long id = 0;
        for (int i = dash + 1; i < text.length(); i++) {
            int digit = DIGITS.indexOf(Character.toUpperCase(text.charAt(i)));
            if (digit < 0 || id > Long.MAX_VALUE >> BITS) {
                return Optional.empty();
            }
            id = id << BITS | digit;
        }
        return Optional.of(new ShortId(text.substring(0, dash).toLowerCase(Locale.ROOT), id));
    }

    @Override
    public String toString() {
        var digits = new StringBuilder();
        for (long rest = issueId; rest > 0 || digits.isEmpty(); rest >>>= BITS) {
            digits.append(DIGITS.charAt((int) (rest & DIGITS.length() - 1)));
        }
        return projectSlug.toUpperCase(Locale.ROOT) + "-" + digits.reverse();
    }
}
