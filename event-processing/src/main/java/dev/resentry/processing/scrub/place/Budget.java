package dev.resentry.processing.scrub.place;

/** How much work one event may make. What it does not suffice for is not looked through, and so not kept. */
public final class Budget {
    private final long size;
    private long left;

    /** @param size in characters that are looked at once */
    public Budget(long size) {
        this.size = size;
        this.left = size;
    }

    /** Whether there was enough for a text; a rule of a project's own takes more than one look at each character. */
    public boolean takes(long work) {
        left = Math.max(-1, left - work);
        return left >= 0;
    }

    public String exceeded() {
        return "not looked through: the event takes more than %d steps".formatted(size);
    }
}
