package dev.resentry.testsupport.size;

/**
 * How much a fuzzer, a property test or a kill campaign does: a share of it in an ordinary build, all of it with {@code mvn
 * verify -Pcampaign}, which sets the system property {@value #PROPERTY} in the JVMs of the tests.
 */
public final class TestSize {
    public static final String PROPERTY = "resentry.test.campaign";

    private TestSize() {}

    /**
     * A number of cases, rounds or kills.
     *
     * @param share in an ordinary build; at least one
     * @param whole in a campaign
     */
    public static int of(int share, int whole) {
        if (share < 1 || whole < share) {
            throw new IllegalArgumentException(
                    "sizes: %d of %d (expected: at least 1, and no more than the whole)".formatted(share, whole));
        }
        return Boolean.getBoolean(PROPERTY) ? whole : share;
    }
}
