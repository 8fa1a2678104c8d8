package dev.resentry.storage.explore;

/** Something asked for that cannot be had; the message is one sentence for whoever asked. */
public final class ExploreFault extends RuntimeException {
    private final String parameter;

    /**
     * A fault of a parameter.
     *
     * @param parameter its name in the API
     */
    public ExploreFault(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** A fault inside a text. */
    static ExploreFault at(String parameter, String text, int position, String expected) {
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end";
        return new ExploreFault(
                parameter, "'%s': %s at position %d (expected: %s)".formatted(text, found, position, expected));
    }

    /** The parameter of the API that is at fault. */
    public String parameter() {
        return parameter;
    }
}
