package dev.resentry.query.project;

import java.text.Normalizer;
import java.util.Locale;

/** The short name of a project in URLs and queries. */
final class Slug {
    static final String PATTERN = "[a-z0-9][a-z0-9_-]{0,49}";
    static final String RULE = "expected: lower-case letters, digits, - and _, at most 50, none of - and _ at first";

    private Slug() {}

    /** A slug that looks like the name; {@code project} if nothing of the name can stand in one. */
    static String of(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]+", "-")
                .replaceAll("^[-_]+|-+$", "");
        String slug = ascii.substring(0, Math.min(ascii.length(), 50));
        return slug.isEmpty() ? "project" : slug;
    }
}
