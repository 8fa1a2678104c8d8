package dev.resentry.model.encoding;

import com.github.luben.zstd.Zstd;

/** Puts our own content into a frame of zstd, which {@link BoundedDecoder} opens. */
public final class ZstdFrame {
    /** The fastest that still finds what repeats: what it is used for is written once and read once. */
    private static final int LEVEL = 1;

    private ZstdFrame() {}

    public static byte[] of(byte[] content) {
        return Zstd.compress(content, LEVEL);
    }
}
