package dev.resentry.model.release;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of numbers, read leniently: one to four of them, a {@code v} before them, and behind two or more a pre-release without
 * its dash ({@code 1.0rc1}) are taken too. Equal versions may be written in different ways.
 *
 * @param pre what follows a dash, such as {@code rc.1}; null of what is no pre-release
 * @param buildCode what follows a plus; null without one
 */
public record SemanticVersion(
        long major,
        long minor,
        long patch,
        long revision,
        @Nullable String pre,
        @Nullable String buildCode) implements Comparable<SemanticVersion> {

    /** So that a number is a {@code long}, and its length one letter of a sort key. */
    private static final int MAX_DIGITS = 18;

    private static final String IDENTIFIERS = "[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+";
    private static final String NUMBER = "(\\d{1,18}+)";

    /** A word joined to a single number would be many a hash. */
    private static final Pattern FORM = Pattern.compile(
            "[vV]?NUM(?:\\.NUM(?:\\.NUM)?(?:\\.NUM)?(?<joined>[A-Za-z](?:IDS)?)?)?(?:-(?<pre>IDS))?(?:\\+(?<build>IDS))?"
                    .replace("NUM", NUMBER)
                    .replace("IDS", IDENTIFIERS));

    /** Empty if the text is none. */
    public static Optional<SemanticVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String pre = matcher.group("pre");
        String joined = matcher.group("joined");
        if (pre != null && joined != null) {
            return Optional.empty();
        }
        return Optional.of(new SemanticVersion(
                Long.parseLong(matcher.group(1)),
                number(matcher.group(2)),
                number(matcher.group(3)),
                number(matcher.group(4)),
                pre == null ? joined : pre,
                matcher.group("build")));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /**
     * Of two versions, the key of the lower one is the lower string, by its code units as by the bytes of collation {@code "C"};
     * versions that nothing orders have one key. A build counts only if it is numbers: a hash says nothing about order.
     */
    public String sortKey() {
        var key = new StringBuilder();
        append(key, Long.toString(major));
        append(key, Long.toString(minor));
        append(key, Long.toString(patch));
        append(key, Long.toString(revision));
        if (pre == null) {
            // Above the dash: a release comes after its pre-releases.
            key.append('~');
        } else {
            key.append('-');
            appendIdentifiers(key, pre);
        }
        if (buildCode != null && List.of(buildCode.split("\\.")).stream().allMatch(SemanticVersion::isNumber)) {
            appendIdentifiers(key, buildCode);
        }
        return key.toString();
    }

    /** A number is below a word, and what ends below what goes on. */
    private static void appendIdentifiers(StringBuilder key, String identifiers) {
        for (String identifier : identifiers.split("\\.")) {
            if (isNumber(identifier)) {
                key.append('1');
                append(key, withoutLeadingZeros(identifier));
            } else {
                key.append('2').append(identifier).append(' ');
            }
        }
        key.append('0');
    }

    /** The length first, so that 10 is above 9. */
    private static void append(StringBuilder key, String number) {
        key.append((char) ('a' + number.length())).append(number);
    }

    private static String withoutLeadingZeros(String digits) {
        return Long.toString(Long.parseLong(digits));
    }

    private static boolean isNumber(String identifier) {
        return identifier.length() <= MAX_DIGITS && identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** By precedence alone: what compares as equal need not be {@code equals}. */
    @Override
    public int compareTo(SemanticVersion other) {
        return sortKey().compareTo(other.sortKey());
    }
}
