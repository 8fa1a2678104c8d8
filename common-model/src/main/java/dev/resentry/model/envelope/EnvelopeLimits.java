package dev.resentry.model.envelope;

/**
 * How much an envelope may ask of its reader. Limits on the whole body are kept where it is decoded.
 *
 * @param maxHeaderBytes the longest header line, of the envelope or of an item, in bytes
 * @param maxItems the most items of one envelope
 */
public record EnvelopeLimits(int maxHeaderBytes, int maxItems) {
    public static final EnvelopeLimits DEFAULT = new EnvelopeLimits(64 * 1024, 1000);

    public EnvelopeLimits {
        if (maxHeaderBytes < 2) {
            throw new IllegalArgumentException("maxHeaderBytes: %d (expected: >= 2)".formatted(maxHeaderBytes));
        }
        if (maxItems < 0) {
            throw new IllegalArgumentException("maxItems: %d (expected: >= 0)".formatted(maxItems));
        }
    }
}
