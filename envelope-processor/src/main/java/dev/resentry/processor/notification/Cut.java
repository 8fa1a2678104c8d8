package dev.resentry.processor.notification;

/** Texts that must not be longer than something. */
final class Cut {
    private Cut() {}

    /** A text, cut with an ellipsis, and between two characters, if it is longer. */
    static String to(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
