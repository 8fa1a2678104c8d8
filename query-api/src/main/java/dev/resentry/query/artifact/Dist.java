package dev.resentry.query.artifact;

/** Tells builds of one release apart. */
public final class Dist {
    public static final int MAX = 64;

    private Dist() {}

    /** What is wrong with one that is too long. */
    public static String fault(String dist) {
        return "dist: %d characters (expected: at most %d)".formatted(dist.length(), MAX);
    }
}
