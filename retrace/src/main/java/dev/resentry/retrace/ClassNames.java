package dev.resentry.retrace;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds names of classes in texts: those with a package anywhere, and those without one, which may be any word, only where virtual machines
 * write them: behind {@code class}, and around {@code cannot be cast to}.
 */
final class ClassNames {
    private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*+";
    /** Each quantifier keeps what it has taken, so that the text is read once. */
    private static final Pattern PLACES = Pattern.compile("(?<![\\p{L}\\p{N}_$.@/-])(?:(?<qualified>" + NAME + "(?:\\."
            + NAME + ")++)(?![\\p{L}\\p{N}_$(]|\\.(?:\\s|$))|(?<cast>" + NAME
            + ")(?= cannot be cast to )|(?<=\\bclass )(?<named>"
            + NAME + ")|(?<=cannot be cast to )(?<target>" + NAME + "))");

    private ClassNames() {}

    /** @param originals the name that a class had; null if that is not known */
    static String replace(String text, Function<String, @Nullable String> originals) {
        return PLACES.matcher(text).replaceAll(match -> {
            String original = originals.apply(match.group());
            return Matcher.quoteReplacement(original == null ? match.group() : original);
        });
    }
}
