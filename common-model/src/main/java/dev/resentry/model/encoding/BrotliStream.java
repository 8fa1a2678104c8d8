package dev.resentry.model.encoding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decodes one brotli stream that must be the whole body. Unlike the library's own stream it hands out all that was decoded
 * before a fault is thrown.
 */
final class BrotliStream extends InputStream {
    private static final int INPUT = 16 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final byte[] body;
    private final DecoderJNI.Wrapper decoder;
    private int position;
    private ByteBuffer decoded = NOTHING;

    BrotliStream(byte[] body) throws IOException {
        Brotli4jLoader.ensureAvailability();
        this.body = body;
        this.decoder = new DecoderJNI.Wrapper(INPUT);
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
        while (!decoded.hasRemaining()) {
            if (!advance()) {
                return -1;
            }
        }
        int n = Math.min(length, decoded.remaining());
        decoded.get(target, offset, n);
        return n;
    }

    /** False at the end. The buffer that was pulled lives in the decoder until the next call of it. */
    private boolean advance() throws IOException {
        switch (decoder.getStatus()) {
            case OK -> decoder.push(0);
            case NEEDS_MORE_OUTPUT -> decoded = decoder.pull();
            case NEEDS_MORE_INPUT -> {
                if (decoder.hasOutput()) {
                    decoded = decoder.pull();
                } else {
                    push();
                }
            }
            case DONE -> {
                if (position < body.length) {
                    throw new IOException("%d bytes behind the brotli stream".formatted(body.length - position));
                }
                return false;
            }
            case ERROR -> throw new IOException("broken brotli data, or bytes behind the stream");
        }
        return true;
    }

    private void push() throws IOException {
        int n = Math.min(INPUT, body.length - position);
        if (n == 0) {
            throw new IOException("the body ends inside the brotli stream");
        }
        decoder.getInputBuffer().clear().put(body, position, n);
        position += n;
        decoder.push(n);
    }

    @Override
    public void close() {
        decoder.destroy();
    }
}
