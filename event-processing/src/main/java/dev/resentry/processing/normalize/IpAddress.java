package dev.resentry.processing.normalize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses as texts; names are never looked up. */
final class IpAddress {
    private static final int MAX_LENGTH = 45;
    private static final int GROUPS = 8;

    private IpAddress() {}

    /** An address without surrounding blanks, in lower case; null if it is none. */
    static @Nullable String parse(@Nullable String given) {
        String text = given == null ? "" : given.strip();
        boolean valid = text.length() <= MAX_LENGTH && (text.indexOf(':') < 0 ? isVersion4(text) : isVersion6(text));
        return valid ? text.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isVersion4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Groups of hex digits, with one gap at most; the last two may be written as version 4. */
    private static boolean isVersion6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int before = groups(text.substring(0, gap), false);
        int behind = groups(text.substring(gap + 2), true);
        return before >= 0 && behind >= 0 && before + behind < GROUPS;
    }

    /** How many groups there are; negative if something is none. */
    private static int groups(String text, boolean isEnd) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int groups = parts.length;
        for (int i = 0; i < parts.length; i++) {
            if (isEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                if (!isVersion4(parts[i])) {
                    return -1;
                }
                groups++;
            } else if (parts[i].isEmpty()
                    || parts[i].length() > 4
                    || !parts[i].chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
                return -1;
            }
        }
        return groups;
    }
}
