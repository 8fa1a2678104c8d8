package dev.resentry.model.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the gzip members of a body one after the other (RFC 1952), however many there are and however empty. Unlike
 * {@link java.util.zip.GZIPInputStream} it takes every member for a promise: one that breaks off is a fault, and so is
 * anything behind the last one but zeros, which tapes and some archivers pad with.
 */
final class GzipStream extends InputStream {
    private static final int FIXED_HEADER = 10;
    private static final int TRAILER = 8;
    private static final long USUAL_RATIO = 32;
    private static final int HEADER_CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    private final byte[] body;
    private final Inflater inflater = InflaterPool.take();
    private final CRC32 checksum = new CRC32();
    private int position;
    private boolean insideMember;
    private boolean closed;

    GzipStream(byte[] body) {
        this.body = body;
    }

    /**
     * How many bytes a body says that its last member holds, which nearly always is its only one. It may lie: no more than a text
     * usually becomes is believed.
     */
    static int statedSize(byte[] body) {
        long most = Math.min(body.length * USUAL_RATIO, Integer.MAX_VALUE / 2);
        long stated = body.length < FIXED_HEADER + TRAILER ? 0 : fourBytes(body, body.length - 4);
        return (int) Math.min(stated, most);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (closed) {
            throw new IOException("the stream is closed");
        }
        while (insideMember || beginMember()) {
            int n = inflate(target, offset, length);
            if (n > 0) {
                checksum.update(target, offset, n);
                return n;
            }
            if (inflater.finished()) {
                endMember();
            } else {
                throw new IOException("the body ends inside a gzip member");
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage() == null ? "broken deflate data" : e.getMessage(), e);
        }
    }

    private boolean beginMember() throws IOException {
        if (position > 0 && onlyZerosLeft()) {
            return false;
        }
        int start = position;
        need(FIXED_HEADER);
        if (at(start) != 0x1f || at(start + 1) != 0x8b) {
            throw new IOException(
                    start == 0 ? "not in gzip format" : "byte %d: expected a gzip member or the end".formatted(start));
        }
        int flags = at(start + 3);
        if (at(start + 2) != 8 || (flags & RESERVED) != 0) {
            throw new IOException("byte %d: a gzip member of an unknown kind".formatted(start));
        }
        position += FIXED_HEADER;
        if ((flags & EXTRA) != 0) {
            need(2);
            int extra = at(position) | at(position + 1) << 8;
            need(2 + extra);
            position += 2 + extra;
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            checkHeader(start);
        }
        inflater.reset();
        inflater.setInput(body, position, body.length - position);
        checksum.reset();
        insideMember = true;
        return true;
    }

    private void checkHeader(int start) throws IOException {
        need(2);
        checksum.reset();
        checksum.update(body, start, position - start);
        if ((checksum.getValue() & 0xffff) != (at(position) | at(position + 1) << 8)) {
            throw new IOException("byte %d: the checksum of a gzip header is wrong".formatted(position));
        }
        position += 2;
    }

    private void endMember() throws IOException {
        position = body.length - inflater.getRemaining();
        need(TRAILER);
        if (fourBytes(body, position) != checksum.getValue()
                || fourBytes(body, position + 4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new IOException("byte %d: the checksum or size of a gzip member is wrong".formatted(position));
        }
        position += TRAILER;
        insideMember = false;
    }

    private boolean onlyZerosLeft() {
        for (int i = position; i < body.length; i++) {
            if (body[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void skipText() throws IOException {
        while (true) {
            need(1);
            if (at(position++) == 0) {
                return;
            }
        }
    }

    private void need(int bytes) throws IOException {
        if (body.length - position < bytes) {
            throw new IOException("the body ends inside a gzip member");
        }
    }

    private int at(int index) {
        return body[index] & 0xff;
    }

    private static long fourBytes(byte[] body, int index) {
        return (body[index] & 0xffL)
                | (body[index + 1] & 0xffL) << 8
                | (body[index + 2] & 0xffL) << 16
                | (body[index + 3] & 0xffL) << 24;
    }

    @Override
    public void close() {
        // Twice given back, an inflater would have two owners.
        if (!closed) {
            closed = true;
            InflaterPool.giveBack(inflater);
        }
    }
}
