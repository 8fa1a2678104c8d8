package dev.resentry.processing.scrub.text;

/** Private keys in PEM. */
final class PemKeys {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int MAX_LABEL = 60;

    private PemKeys() {}

    /** The end of a private key that begins at a dash, which is the end of the text for one that was cut off; -1 if there is none. */
    static int end(String text, int start) {
        if (!text.startsWith(BEGIN, start)) {
            return -1;
        }
        int label = start + BEGIN.length();
        int labelEnd = text.indexOf(DASHES, label, Math.min(text.length(), label + MAX_LABEL));
        if (labelEnd < 0 || text.indexOf("PRIVATE KEY", label, labelEnd) < 0) {
            return -1;
        }
        int last = text.indexOf(END, labelEnd);
        int close = last < 0 ? -1 : text.indexOf(DASHES, last + END.length());
        return close < 0 ? text.length() : close + DASHES.length();
    }
}
