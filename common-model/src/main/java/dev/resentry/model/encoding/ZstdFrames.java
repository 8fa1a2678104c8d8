package dev.resentry.model.encoding;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/**
 * Decodes the zstd frames of a body one after the other. The library's stream forgets that a later frame breaks off, so at
 * its end the body is walked from block to block (RFC 8878, section 3.1), without decoding anything.
 */
final class ZstdFrames extends FilterInputStream {
    /**
     * Caps the window a frame may ask for: 2^27 bytes, the most the format's own tool grants unasked. The window is
     * allocated before the first byte comes out, so it is a limit of its own.
     */
    private static final int MAX_WINDOW_LOG = 27;

    private static final int MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE_MAGIC = 0x184d2a50;
    private static final int RUN_LENGTH_BLOCK = 1;

    private final byte[] body;
    private int position;

    ZstdFrames(byte[] body) throws IOException {
        super(new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(body)).setLongMax(MAX_WINDOW_LOG));
        this.body = body;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        if (n < 0) {
            checkFrames();
        }
        return n;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private void checkFrames() throws IOException {
        position = 0;
        do {
            int start = position;
            int magic = (int) littleEndian(4);
            if ((magic & 0xfffffff0) == SKIPPABLE_MAGIC) {
                skip((int) Math.min(littleEndian(4), Integer.MAX_VALUE));
            } else if (magic == MAGIC) {
                checkFrame();
            } else {
                throw new IOException("byte %d: expected a zstd frame or the end".formatted(start));
            }
        } while (position < body.length);
    }

    private void checkFrame() throws IOException {
        int descriptor = (int) littleEndian(1);
        boolean singleSegment = (descriptor & 1 << 5) != 0;
        int window = singleSegment ? 0 : 1;
        int contentSize = switch (descriptor >>> 6) {
            case 0 -> singleSegment ? 1 : 0;
            case 1 -> 2;
            case 2 -> 4;
            default -> 8;
        };
        int dictionaryId = switch (descriptor & 3) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> 2;
            default -> 4;
        };
        skip(window + dictionaryId + contentSize);
        int block;
        do {
            block = (int) littleEndian(3);
            skip((block >>> 1 & 3) == RUN_LENGTH_BLOCK ? 1 : block >>> 3);
        } while ((block & 1) == 0);
        boolean checksum = (descriptor & 1 << 2) != 0;
        skip(checksum ? 4 : 0);
    }

    private long littleEndian(int bytes) throws IOException {
        int start = position;
        skip(bytes);
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | (body[start + i] & 0xff);
        }
        return value;
    }

    private void skip(int bytes) throws IOException {
        if (body.length - position < bytes) {
            throw new IOException("the body ends inside a zstd frame");
        }
        position += bytes;
    }
}
