package dev.resentry.processing.address;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An address of the Internet Protocol, which may stand in a longer text. Names are never looked up. */
public final class IpAddress {
    private static final int MAX_LENGTH = 45;

    /** Four of 8 bits (version 4) or eight of 16 bits (version 6). */
    private final int[] groups;

    private final int end;

    private IpAddress(int[] groups, int end) {
        this.groups = groups;
        this.end = end;
    }

    /** Reads a text that is an address and nothing else, its numbers with zeros in front or without; null if it is none. */
    public static @Nullable IpAddress of(String text) {
        IpAddress address = at(text, 0, true, true);
        return address != null && address.end() == text.length() ? address : null;
    }

    /** An address without surrounding blanks, in lower case; null if it is none. */
    public static @Nullable String normal(@Nullable String given) {
        String text = given == null ? "" : given.strip();
        return of(text) == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the address that begins at a place; null if none does. Numbers with zeros in front are parts of versions and dates.
     *
     * @param six whether it may be one of version 6
     */
    public static @Nullable IpAddress at(String text, int start, boolean six) {
        return at(text, start, six, false);
    }

    private static @Nullable IpAddress at(String text, int start, boolean six, boolean zeros) {
        int end = run(text, start);
        int colons = 0;
        int dots = 0;
        for (int i = start; i < end; i++) {
            colons += text.charAt(i) == ':' ? 1 : 0;
            dots += text.charAt(i) == '.' ? 1 : 0;
        }
        // The stop or colon behind a sentence's last word.
        while (end > start
                && (text.charAt(end - 1) == '.' || (text.charAt(end - 1) == ':' && !text.startsWith("::", end - 2)))) {
            end--;
        }
        if (six && colons >= 2) {
            return version6(text, start, end, zeros);
        }
        // What stands behind it is a port.
        return dots >= 3 ? version4(text, start, Math.min(end, indexOf(text, ':', start, end)), zeros) : null;
    }

    /** The end of what an address that begins at a place may be. */
    public static int run(String text, int start) {
        int end = start;
        while (end < text.length() && end - start <= MAX_LENGTH && isPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isPart(char c) {
        return isHex(c) || c == ':' || c == '.';
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static int digits(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int indexOf(String text, char c, int start, int end) {
        int at = text.indexOf(c, start, end);
        return at < 0 ? end : at;
    }

    private static @Nullable IpAddress version4(String text, int start, int end, boolean zeros) {
        var groups = new int[4];
        int at = start;
        for (int i = 0; i < 4; i++) {
            int digits = digits(text, at);
            if (digits == at || digits - at > 3 || (!zeros && digits - at > 1 && text.charAt(at) == '0')) {
                return null;
            }
            groups[i] = Integer.parseInt(text, at, digits, 10);
            if (groups[i] > 255 || (i < 3 && !text.startsWith(".", digits))) {
                return null;
            }
            at = i < 3 ? digits + 1 : digits;
        }
        return at == end ? new IpAddress(groups, end) : null;
    }

    private static @Nullable IpAddress version6(String text, int start, int end, boolean zeros) {
        var groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = start;
        if (text.startsWith("::", at)) {
            gap = 0;
            at += 2;
        }
        while (at < end && count < 8) {
            int hex = at;
            while (hex < end && isHex(text.charAt(hex))) {
                hex++;
            }
            if (hex < end && text.charAt(hex) == '.') {
                IpAddress last = count <= 6 ? version4(text, at, end, zeros) : null;
                if (last == null) {
                    return null;
                }
                groups[count++] = last.groups[0] << 8 | last.groups[1];
                groups[count++] = last.groups[2] << 8 | last.groups[3];
                at = end;
                break;
            }
            if (hex == at || hex - at > 4) {
                return null;
            }
            groups[count++] = Integer.parseInt(text, at, hex, 16);
            at = hex;
            if (at < end && text.charAt(at) == ':') {
                at++;
                if (at < end && text.charAt(at) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    at++;
                } else if (at == end) {
                    return null;
                }
            }
        }
        if (at != end || (gap < 0 && count < 8) || (gap >= 0 && count > 7)) {
            return null;
        }
        return new IpAddress(gap < 0 ? groups : spread(groups, gap, count), end);
    }

    private static int[] spread(int[] groups, int gap, int count) {
        var all = new int[8];
        System.arraycopy(groups, 0, all, 0, gap);
        System.arraycopy(groups, gap, all, 8 - (count - gap), count - gap);
        return all;
    }

    /** Behind its last character. */
    public int end() {
        return end;
    }

    private boolean isVersion4() {
        return groups.length == 4;
    }

    /** Whether it is of no host on a network: all zeros, the machine itself, or a network's own of 16 bits and less. */
    public boolean isNobodys() {
        if (isVersion4()) {
            return groups[0] == 127 || (groups[2] == 0 && groups[3] == 0);
        }
        for (int i = 0; i < 7; i++) {
            if (groups[i] != 0) {
                return false;
            }
        }
        return groups[7] <= 1;
    }

    /** The network it is in: the first 24 bits of version 4, 48 of version 6. */
    public String network() {
        if (isVersion4()) {
            return "%d.%d.%d.0".formatted(groups[0], groups[1], groups[2]);
        }
        if (isMapped()) {
            return "::ffff:%d.%d.%d.0".formatted(groups[6] >> 8, groups[6] & 255, groups[7] >> 8);
        }
        if (groups[0] == 0 && groups[1] == 0 && groups[2] == 0) {
            return "::";
        }
        return "%x:%x:%x::".formatted(groups[0], groups[1], groups[2]);
    }

    /** Its bits in the order of the network: 4 bytes of version 4, also where it is mapped into version 6; else 16. */
    public byte[] bytes() {
        int first = !isVersion4() && isMapped() ? 6 : 0;
        int width = isVersion4() ? 1 : 2;
        var bytes = new byte[(groups.length - first) * width];
        for (int i = 0; i < bytes.length; i++) {
            int group = groups[first + i / width];
            bytes[i] = (byte) (width == 2 && i % 2 == 0 ? group >> 8 : group);
        }
        return bytes;
    }

    private boolean isMapped() {
        return groups[0] == 0
                && groups[1] == 0
                && groups[2] == 0
                && groups[3] == 0
                && groups[4] == 0
                && groups[5] == 0xffff;
    }
}
