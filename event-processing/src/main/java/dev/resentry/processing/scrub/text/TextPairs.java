package dev.resentry.processing.scrub.text;

import dev.resentry.processing.scrub.key.CookieNames;
import dev.resentry.processing.scrub.key.KeyVerdict;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of a key and a value in a text, whatever the text is: JSON (also in strings of JSON, and cut off), forms, queries, headers,
 * XML, printed structures of programming languages, arguments of commands, prose.
 */
final class TextPairs {
    /** What a key of two words in prose ends with, as in {@code API key: }. */
    private static final Set<String> SECOND_WORDS = Set.of("key", "keys", "code", "id", "phrase", "word", "factor");

    private static final int MAX_SECOND_WORD = 6;

    private final String text;
    private final SensitiveKeys keys;
    private final boolean cookies;

    TextPairs(String text, SensitiveKeys keys, boolean cookies) {
        this.text = text;
        this.keys = keys;
        this.cookies = cookies;
    }

    /** Tells of the secret value behind a separator; the end of what was told of, -1 if nothing was. */
    int find(int separator, int length, int limit, Found found) {
        PairKey key = PairKey.before(text, separator, limit);
        if (key == null) {
            return -1;
        }
        KeyVerdict verdict = verdict(key);
        if (verdict != KeyVerdict.SECRET && verdict != KeyVerdict.COUNT) {
            return -1;
        }
        // The counts in an object have names of their own.
        if (verdict == KeyVerdict.COUNT && PairValue.isObject(text, separator + length)) {
            return -1;
        }
        PairValue value = value(key, separator, length);
        if (value == null || (verdict == KeyVerdict.COUNT && isCount(value))) {
            return -1;
        }
        found.at(SecretKind.PASSWORD, value.start(), value.end(), value.quote());
        return value.end();
    }

    /** Tells of the argument behind an option, as in {@code --password hunter2}. */
    int flag(int dash, Found found) {
        if (!Chars.isAt(text, dash + 1, '-') || !Chars.isWordAt(text, dash + 2) || Chars.isAt(text, dash - 1, '-')) {
            return -1;
        }
        int end = dash + 2;
        while (end < text.length() && end - dash < PairKey.MAX_LENGTH && PairKey.isPart(text.charAt(end))) {
            end++;
        }
        if (!Chars.isAt(text, end, ' ')
                || Chars.isAt(text, end + 1, '-')
                || keys.verdict(text.substring(dash + 2, end)) != KeyVerdict.SECRET) {
            return -1;
        }
        PairValue value = PairValue.plain(text, end + 1);
        if (value == null) {
            return -1;
        }
        found.at(SecretKind.PASSWORD, value.start(), value.end(), value.quote());
        return value.end();
    }

    private KeyVerdict verdict(PairKey key) {
        String name = key.name();
        KeyVerdict verdict = keys.verdict(name);
        if (cookies && CookieNames.isSensitive(name) && verdict != KeyVerdict.SAFE) {
            return KeyVerdict.SECRET;
        }
        if (verdict == KeyVerdict.PLAIN
                && name.length() <= MAX_SECOND_WORD
                && SECOND_WORDS.contains(name.toLowerCase(Locale.ROOT))) {
            String before = key.wordBefore();
            return before == null || keys.verdict(before) != KeyVerdict.PLAIN
                    ? KeyVerdict.PLAIN
                    : keys.verdict(before + name);
        }
        return verdict;
    }

    private @Nullable PairValue value(PairKey key, int separator, int length) {
        char sign = text.charAt(separator);
        int start = separator + length;
        if (sign == '>') {
            return key.isTag() ? PairValue.untilTag(text, start) : null;
        }
        if (Chars.isAt(text, start, sign)) {
            return null;
        }
        boolean arrow = sign == '=' && Chars.isAt(text, start, '>');
        if (arrow || (sign == ':' && Chars.isAt(text, start, '='))) {
            start++;
        }
        if (cookies && sign == '=') {
            return PairValue.cookie(text, start);
        }
        return PairValue.of(text, start, key, sign, arrow);
    }

    private boolean isCount(PairValue value) {
        int end = Chars.digits(text, value.start());
        return end > value.start() && (end >= value.end() || text.charAt(end) == '.');
    }
}
