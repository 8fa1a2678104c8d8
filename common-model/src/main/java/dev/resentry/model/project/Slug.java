package dev.resentry.model.project;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The short name of a project in URLs and queries. */
public final class Slug {
    /** What a slug looks like, as a regular expression. */
    public static final String PATTERN = "[a-z0-9][a-z0-9_-]{0,49}";

    /** The same in words. */
    public static final String RULE =
            "expected: lower-case letters, digits, - and _, at most 50, none of - and _ at first";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private Slug() {}

    public static boolean isValid(String slug) {
        return COMPILED.matcher(slug).matches();
    }

    /** A slug that looks like the name; {@code project} if nothing of the name can stand in one. */
    public static String of(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]+", "-")
                .replaceAll("^[-_]+|-+$", "");
        String slug = ascii.substring(0, Math.min(ascii.length(), 50));
        return slug.isEmpty() ? "project" : slug;
    }
}
