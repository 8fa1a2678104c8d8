package dev.resentry.processing.scrub.key;

import dev.resentry.processing.scrub.key.Phrase.Family;
import dev.resentry.processing.scrub.key.Phrase.Where;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells by the words of a field's name whether its value is a secret. Safe to share between threads. */
public final class SensitiveKeys {
    private static final Set<String> COOKIE_WORDS = Set.of("cookie", "cookies");
    private static final int SLOTS = 2_048;
    private static final int MAX_REMEMBERED = 64;

    private final List<List<Phrase>> byLetter = new ArrayList<>();
    private final Set<String> safe = new HashSet<>();
    private final boolean hasFields;
    private final List<Phrase> fields;

    /** Verdicts by the hash of the name. A slot that another thread writes holds another whole answer or none. */
    private final @Nullable Remembered[] remembered = new @Nullable Remembered[SLOTS];

    private record Remembered(String name, KeyVerdict verdict) {}

    /**
     * The built-in names and those of a project.
     *
     * @param fields more names, matched by their words wherever they are in a field's name
     * @param safeFields whole names whose values stay as they are
     */
    public SensitiveKeys(List<String> fields, List<String> safeFields) {
        for (int i = 0; i < 128; i++) {
            byLetter.add(new ArrayList<>());
        }
        BuiltInPhrases.ALL.forEach(this::add);
        this.fields = fields.stream()
                .map(field -> new Phrase(KeyWords.of(field).joined(), Where.WORDS, Family.PLAIN))
                .filter(phrase -> !phrase.letters().isEmpty())
                .toList();
        this.hasFields = !this.fields.isEmpty();
        safeFields.forEach(field -> safe.add(field.strip().toLowerCase(Locale.ROOT)));
    }

    private void add(Phrase phrase) {
        byLetter.get(phrase.letters().charAt(0)).add(phrase);
    }

    public KeyVerdict verdict(String name) {
        if (name.length() > MAX_REMEMBERED) {
            return decide(name);
        }
        int slot = (name.hashCode() * 0x9E3779B9) >>> 21;
        Remembered known = remembered[slot];
        if (known != null && known.name().equals(name)) {
            return known.verdict();
        }
        KeyVerdict verdict = decide(name);
        remembered[slot] = new Remembered(name, verdict);
        return verdict;
    }

    /** Whether the project itself lists the name, as a secret. */
    public boolean isListed(String name) {
        return hasFields && !isSafe(name) && isListed(KeyWords.of(name));
    }

    public boolean isSafe(String name) {
        return !safe.isEmpty() && safe.contains(name.toLowerCase(Locale.ROOT));
    }

    private boolean isListed(KeyWords words) {
        for (int i = 0; hasFields && i < words.length(); i++) {
            for (Phrase field : fields) {
                if (field.isIn(words, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private KeyVerdict decide(String name) {
        if (isSafe(name)) {
            return KeyVerdict.SAFE;
        }
        KeyWords words = KeyWords.of(name);
        if (isListed(words)) {
            return KeyVerdict.SECRET;
        }
        KeyVerdict verdict = KeyVerdict.PLAIN;
        for (int i = 0; i < words.length(); i++) {
            char letter = words.letter(i);
            if (letter >= 128) {
                continue;
            }
            for (Phrase phrase : byLetter.get(letter)) {
                if (phrase.isIn(words, i)) {
                    KeyVerdict found = of(phrase, words, i);
                    if (found == KeyVerdict.SECRET) {
                        return found;
                    }
                    verdict = found == KeyVerdict.PLAIN ? verdict : found;
                }
            }
        }
        return verdict == KeyVerdict.PLAIN && endsWithCookie(words) ? KeyVerdict.COOKIES : verdict;
    }

    private static KeyVerdict of(Phrase phrase, KeyWords words, int at) {
        int end = at + phrase.letters().length();
        return switch (phrase.family()) {
            case PLAIN -> KeyVerdict.SECRET;
            case ABOUT -> words.hasWord(BuiltInPhrases.ABOUT, end) ? KeyVerdict.PLAIN : KeyVerdict.SECRET;
            case TOKEN -> {
                if (words.hasWord(BuiltInPhrases.COUNTED, 0)) {
                    yield KeyVerdict.COUNT;
                }
                yield words.hasWord(BuiltInPhrases.ABOUT, end) ? KeyVerdict.PLAIN : KeyVerdict.SECRET;
            }
        };
    }

    private static boolean endsWithCookie(KeyWords words) {
        int last = words.length() - 1;
        while (last > 0 && !words.isBoundary(last)) {
            last--;
        }
        return last >= 0 && words.hasWord(COOKIE_WORDS, last);
    }
}
