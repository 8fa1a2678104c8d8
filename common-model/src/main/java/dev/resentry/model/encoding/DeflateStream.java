package dev.resentry.model.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates one deflate stream, with its zlib container or bare, that must be the whole body. */
final class DeflateStream extends InputStream {
    private final Inflater inflater;

    DeflateStream(byte[] body) {
        this.inflater = new Inflater(!startsLikeZlib(body));
        inflater.setInput(body);
    }

    /** RFC 1950: method 8 in the low half of the first byte, and the first two bytes a multiple of 31. */
    private static boolean startsLikeZlib(byte[] body) {
        return body.length >= 2 && (body[0] & 0x0f) == 8 && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = inflate(target, offset, length);
        if (n > 0 || length == 0) {
            return n;
        }
        if (inflater.needsDictionary()) {
            throw new IOException("a preset dictionary is needed");
        }
        if (!inflater.finished()) {
            throw new IOException("the body ends inside the deflate stream");
        }
        if (inflater.getRemaining() > 0) {
            throw new IOException("%d bytes behind the deflate stream".formatted(inflater.getRemaining()));
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

    @Override
    public void close() {
        inflater.end();
    }
}
