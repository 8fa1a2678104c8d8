package dev.resentry.model.encoding;

import dev.resentry.model.hash.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hands bytes on, and knows how many they were and what they hash to. Closing it leaves open what it hands them to. */
final class HashingOutput extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest = Sha256.sha256();
    private long bytes;

    HashingOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        digest.update(source, offset, length);
        bytes += length;
        out.write(source, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    long bytes() {
        return bytes;
    }

    /** Of all bytes; asked for once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
