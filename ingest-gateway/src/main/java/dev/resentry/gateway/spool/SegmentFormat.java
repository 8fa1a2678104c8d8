package dev.resentry.gateway.spool;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * How a segment file is laid out.
 *
 * <p>A segment begins with its preamble, twice, so that one broken byte does not cost it: the word {@code RESPOOL1} (8), the
 * segment's mark (8), the CRC32C of both (4). Records follow, each: the mark (8), when it was appended in milliseconds since
 * 1970 (8), the length of its payload (4), the payload's CRC32C (4), the CRC32C of these 24 bytes and of the offset the record
 * stands at (4), the payload. Numbers are big-endian.
 *
 * <p>The mark is drawn at random for each segment, so that a reader that has lost its place finds the next record, and
 * cannot be led to a false one by what a sender has put into a body.
 */
final class SegmentFormat {
    static final int PREAMBLE_BYTES = 40;
    static final int HEADER_BYTES = 28;

    private static final int HALF_PREAMBLE = 20;
    private static final long WORD = 0x524553504F4F4C31L;

    private SegmentFormat() {}

    static ByteBuffer preamble(long mark) {
        ByteBuffer preamble = ByteBuffer.allocate(PREAMBLE_BYTES);
        for (int i = 0; i < 2; i++) {
            int start = preamble.position();
            preamble.putLong(WORD).putLong(mark);
            preamble.putInt(checksum(preamble.slice(start, 2 * Long.BYTES)));
        }
        return preamble.flip();
    }

    /** The mark of a segment; empty if both halves of its preamble are broken. */
    static OptionalLong markOf(ByteBuffer preamble) {
        for (int start = 0; start + HALF_PREAMBLE <= preamble.limit(); start += HALF_PREAMBLE) {
            boolean whole = preamble.getLong(start) == WORD
                    && preamble.getInt(start + 2 * Long.BYTES) == checksum(preamble.slice(start, 2 * Long.BYTES));
            if (whole) {
                return OptionalLong.of(preamble.getLong(start + Long.BYTES));
            }
        }
        return OptionalLong.empty();
    }

    /** What stands before a payload. */
    record Header(long appendedAtMillis, int length, int payloadChecksum) {

        ByteBuffer encode(long mark, long offset) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                    .putLong(mark)
                    .putLong(appendedAtMillis)
                    .putInt(length)
                    .putInt(payloadChecksum);
            return header.putInt(headerChecksum(header.slice(0, header.position()), offset))
                    .flip();
        }

        /** Whether a header of this segment, for this offset, stands at the buffer's position. */
        static boolean standsIn(ByteBuffer bytes, long mark, long offset) {
            int at = bytes.position();
            return bytes.remaining() >= HEADER_BYTES
                    && bytes.getLong(at) == mark
                    && bytes.getInt(at + 16) >= 0
                    && bytes.getInt(at + 24) == headerChecksum(bytes.slice(at, 24), offset);
        }

        static Header read(ByteBuffer bytes) {
            int at = bytes.position();
            return new Header(bytes.getLong(at + 8), bytes.getInt(at + 16), bytes.getInt(at + 20));
        }
    }

    static int checksum(ByteBuffer... parts) {
        var checksum = new CRC32C();
        for (ByteBuffer part : parts) {
            checksum.update(part.duplicate());
        }
        return (int) checksum.getValue();
    }

    private static int headerChecksum(ByteBuffer header, long offset) {
        return checksum(header, ByteBuffer.allocate(Long.BYTES).putLong(0, offset));
    }
}
