package dev.resentry.model.search;

/** A query that means nothing; the message is for who wrote it. */
public final class SearchFault extends RuntimeException {
    private final int position;
    private final int length;
    private final String found;
    private final String expected;

    /**
     * A fault of a part of a query.
     *
     * @param position of its first character
     * @param length in characters; 0 for a place where something is missing
     * @param found what stands there
     * @param expected what could
     */
    public SearchFault(String message, int position, int length, String found, String expected) {
        super(message);
        this.position = position;
        this.length = length;
        this.found = found;
        this.expected = expected;
    }

    public int position() {
        return position;
    }

    public int length() {
        return length;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }
}
