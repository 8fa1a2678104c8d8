package dev.resentry.processing.group.message;

/** The codes in a message: HTTP statuses, numbers and names of errors. */
public final class ErrorCodes {
    private ErrorCodes() {}

    /** The codes in the order they stand in, with blanks between them; empty if there are none. */
    public static String of(String message) {
        return ofTemplate(MessageTemplate.of(message, 1, MessageTemplate.Quotes.REPLACED));
    }

    /** The codes in the template of a message's first line. */
    public static String ofTemplate(String template) {
        var codes = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            if (!Tokens.isWord(template.charAt(i))) {
                i++;
                continue;
            }
            int end = Math.max(i + 1, Tokens.wordEnd(template, i));
            String word = template.substring(i, end);
            if (isNumber(word) || isErrorName(word)) {
                codes.append(codes.isEmpty() ? "" : " ").append(word);
            }
            i = end;
        }
        return codes.toString();
    }

    private static boolean isNumber(String word) {
        return word.length() <= 5 && Tokens.isDigits(word);
    }

    /** {@code ECONNREFUSED}, {@code ERR_INVALID_URL}, {@code E11000}. */
    private static boolean isErrorName(String word) {
        return word.length() >= 5
                && (word.startsWith("E") || word.startsWith("ORA"))
                && word.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '_' || Tokens.isDigit((char) c));
    }
}
