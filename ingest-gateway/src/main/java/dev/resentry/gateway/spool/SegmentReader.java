package dev.resentry.gateway.spool;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** Reads the records of one segment, at any offset. Not for use by two threads. */
final class SegmentReader implements AutoCloseable {
    private static final int SEARCH_BYTES = 64 * 1024;

    private final FileChannel channel;
    private final long mark;

    private SegmentReader(FileChannel channel, long mark) {
        this.channel = channel;
        this.mark = mark;
    }

    /**
     * Opens a segment.
     *
     * @throws UnreadableSegmentException if its preamble is broken
     * @throws IOException if the disk does not give it, or if it is no file
     */
    static SegmentReader open(Path file) throws IOException {
        // A directory that is removed while it is open has no bytes, as a segment has in which nothing was written yet.
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "no regular file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long size = channel.size();
            OptionalLong mark =
                    SegmentFormat.markOf(bytes(channel, 0, (int) Math.min(size, SegmentFormat.PREAMBLE_BYTES)));
            if (mark.isEmpty()) {
                throw new UnreadableSegmentException(file, size);
            }
            return new SegmentReader(channel, mark.getAsLong());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The bytes of the file. */
    long size() throws IOException {
        return channel.size();
    }

    /** What stands at an offset, if the segment ended at {@code end}. */
    Read read(long offset, long end) throws IOException {
        if (offset >= end) {
            return new Read.End();
        }
        ByteBuffer start = bytes(channel, offset, (int) Math.min(SegmentFormat.HEADER_BYTES, end - offset));
        if (!SegmentFormat.Header.standsIn(start, mark, offset)) {
            long next = findRecord(offset + 1, end);
            return next < 0
                    ? new Read.Tail(start.remaining() == SegmentFormat.HEADER_BYTES && !isZero(start))
                    : new Read.Broken(next, "there is no record");
        }
        var header = SegmentFormat.Header.read(start);
        long next = offset + SegmentFormat.HEADER_BYTES + header.length();
        if (next > end) {
            long found = findRecord(offset + 1, end);
            return found < 0 ? new Read.Tail(false) : new Read.Broken(found, "the record is cut off");
        }
        ByteBuffer payload = bytes(channel, offset + SegmentFormat.HEADER_BYTES, header.length());
        if (SegmentFormat.checksum(payload) != header.payloadChecksum()) {
            return new Read.Broken(next, "its checksum does not match");
        }
        try {
            return new Read.Found(next, header.appendedAtMillis(), SpooledEnvelope.read(payload));
        } catch (IllegalArgumentException e) {
            return new Read.Broken(next, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** What stands at an offset. */
    sealed interface Read {

        /** A whole record. */
        record Found(long next, long appendedAtMillis, SpooledEnvelope envelope) implements Read {}

        /** Something that is not a whole record; what may follow begins at {@code next}. */
        record Broken(long next, String cause) implements Read {}

        /**
         * No whole record from here to the end.
         *
         * @param written whether there may have been one: more stands here than the cut-off beginning of a record
         */
        record Tail(boolean written) implements Read {}

        /** Nothing more. */
        record End() implements Read {}
    }

    /** A file that is not a segment, or whose preamble is broken. */
    static final class UnreadableSegmentException extends IOException {
        private final long size;

        UnreadableSegmentException(Path file, long size) {
            super("%s does not begin as a segment of a spool does".formatted(file));
            this.size = size;
        }

        /** The bytes of the file. */
        long size() {
            return size;
        }
    }

    private long findRecord(long from, long end) throws IOException {
        for (long at = from; at + SegmentFormat.HEADER_BYTES <= end; ) {
            ByteBuffer window = bytes(channel, at, (int) Math.min(SEARCH_BYTES, end - at));
            int last = window.limit() - SegmentFormat.HEADER_BYTES;
            for (int i = 0; i <= last; i++) {
                window.position(i);
                if (SegmentFormat.Header.standsIn(window, mark, at + i)) {
                    return at + i;
                }
            }
            at += last + 1;
        }
        return -1;
    }

    private static ByteBuffer bytes(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("a segment ends at %d (expected: at least %d bytes)"
                        .formatted(channel.size(), offset + length));
            }
        }
        return bytes.flip();
    }

    private static boolean isZero(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
