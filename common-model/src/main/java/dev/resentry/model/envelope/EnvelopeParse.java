package dev.resentry.model.envelope;

/** What became of reading an envelope. */
public sealed interface EnvelopeParse {

    /** It follows the format to the last byte. */
    record Parsed(Envelope envelope) implements EnvelopeParse {}

    /**
     * It does not; nothing of it may be used, as the format has no way to find the next good item.
     *
     * @param offset the byte of the decoded body at which the fault shows, counted from 0
     * @param cause what stands there and what was expected
     */
    record Malformed(int offset, String cause) implements EnvelopeParse {
        @Override
        public String toString() {
            return "byte %d: %s".formatted(offset, cause);
        }
    }
}
