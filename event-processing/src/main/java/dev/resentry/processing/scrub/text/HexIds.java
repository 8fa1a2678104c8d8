package dev.resentry.processing.scrub.text;

/** Groups of hex digits: UUIDs and the addresses of network cards. */
final class HexIds {
    private static final int[] UUID_GROUPS = {8, 4, 4, 4, 12};
    private static final int[] MAC_GROUPS = {2, 2, 2, 2, 2, 2};

    private HexIds() {}

    /** The end of a UUID with dashes that begins at a word; -1 if there is none. */
    static int uuid(String text, int start) {
        return end(text, start, UUID_GROUPS, "-");
    }

    /** The end of a hardware address that begins at a word; -1 if there is none. */
    static int mac(String text, int start) {
        return end(text, start, MAC_GROUPS, ":-");
    }

    private static int end(String text, int start, int[] groups, String separators) {
        int at = start;
        for (int i = 0; i < groups.length; i++) {
            int end = at + groups[i];
            for (; at < end; at++) {
                if (at >= text.length() || !Chars.isHex(text.charAt(at))) {
                    return -1;
                }
            }
            if (i < groups.length - 1) {
                if (at >= text.length() || separators.indexOf(text.charAt(at)) < 0) {
                    return -1;
                }
                at++;
            }
        }
        return Chars.isWordAt(text, at) ? -1 : at;
    }
}
