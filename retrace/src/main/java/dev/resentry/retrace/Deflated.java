package dev.resentry.retrace;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Text of our own that is looked at seldom, in less room. */
final class Deflated {
    private final byte[] bytes;
    private final int length;

    private Deflated(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static Deflated of(byte[] text, int start, int end) {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var deflating = new DeflaterOutputStream(out, deflater)) {
            deflating.write(text, start, end - start);
            deflating.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return new Deflated(out.toByteArray(), end - start + 1);
    }

    /** How many bytes it takes. */
    int size() {
        return bytes.length;
    }

    /** How many bytes it has when inflated. */
    int length() {
        return length;
    }

    /** The text, which ends with the end of a line. */
    byte[] content() {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
