package dev.resentry.model.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes texts into addresses: all but what no part of an address gives a meaning to becomes {@code %XX}. */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";

    private PercentEncoding() {}

    /** One segment of a path, or a name or value of a query. */
    public static String encode(String text) {
        return encode(text, UNRESERVED);
    }

    /** Several segments, whose slashes stay. */
    static String encodePath(String path) {
        return encode(path, UNRESERVED + "/");
    }

    /** As much of the beginning of a text as has a length when it is encoded; no character is cut. */
    static String encode(String text, int maxLength) {
        var encoded = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String next = encode(Character.toString(text.codePointAt(at)));
            if (encoded.length() + next.length() > maxLength) {
                break;
            }
            encoded.append(next);
        }
        return encoded.toString();
    }

    private static String encode(String text, String unchanged) {
        var encoded = new StringBuilder(text.length());
        for (byte one : text.getBytes(UTF_8)) {
            boolean stays = (one >= 'a' && one <= 'z')
                    || (one >= 'A' && one <= 'Z')
                    || (one >= '0' && one <= '9')
                    || unchanged.indexOf(one) >= 0;
            if (stays) {
                encoded.append((char) one);
            } else {
                encoded.append('%').append("%02X".formatted(one & 0xff));
            }
        }
        return encoded.toString();
    }
}
