package dev.resentry.processing.sourcemap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** Reads what a {@code data:} URL holds. */
public final class DataUrl {
    private static final String SCHEME = "data:";
    private static final byte BAD = -1;

    private DataUrl() {}

    /** What became of reading a URL. */
    public sealed interface Reading {
        /** Its content. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Content(byte[] bytes) implements Reading {}

        /** It cannot be decoded, and why. */
        record Malformed(String cause) implements Reading {}
    }

    /** Whether it is one. */
    public static boolean isOne(String url) {
        return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Reads a URL that is one. */
    public static Reading read(String url) {
        int comma = url.indexOf(',');
        if (comma < 0) {
            return new Reading.Malformed("a data URL without a comma");
        }
        byte[] data = url.substring(comma + 1).getBytes(UTF_8);
        boolean isBase64 = url.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64");
        byte[] content = unescaped(data);
        if (!isBase64) {
            return new Reading.Content(content);
        }
        try {
            return new Reading.Content(Base64.getDecoder().decode(content));
        } catch (IllegalArgumentException e) {
            return new Reading.Malformed("a data URL that is no base64: " + e.getMessage());
        }
    }

    /** A percent sign that no two hexadecimal digits follow stands for itself. */
    private static byte[] unescaped(byte[] data) {
        byte[] content = new byte[data.length];
        int length = 0;
        for (int i = 0; i < data.length; i++) {
            int high = data[i] == '%' && i + 2 < data.length ? Character.digit(data[i + 1], 16) : BAD;
            int low = high == BAD ? BAD : Character.digit(data[i + 2], 16);
            if (low == BAD) {
                content[length++] = data[i];
            } else {
                content[length++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return Arrays.copyOf(content, length);
    }
}
