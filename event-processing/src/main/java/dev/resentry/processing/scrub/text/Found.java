package dev.resentry.processing.scrub.text;

/** Is told what was found in a text. */
@FunctionalInterface
public interface Found {

    /**
     * Something was found, behind all that was found before.
     *
     * @param start where it begins
     * @param end behind its last character
     * @param quote what must stand on both sides of another text in its place, so that a JSON number becomes a string; mostly empty
     */
    void at(SecretKind kind, int start, int end, String quote);
}
