package dev.resentry.processing.scrub.text;

/** Which kinds of secrets a text can hold, by one look at each character: most texts can hold none. */
final class TextFeatures {
    private static final int MIN_TOKEN = 14;
    private static final int MIN_WITHOUT_DIGIT = 24;

    private TextFeatures() {}

    /** Of the kinds, as bits, those that the text may hold. */
    static int possible(String text, int wanted) {
        int digits = 0;
        int dashes = 0;
        int underscores = 0;
        int run = 0;
        int longest = 0;
        boolean at = false;
        boolean pair = false;
        boolean slash = false;
        boolean dot = false;
        boolean scheme = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            run = c == ' ' ? 0 : run + 1;
            longest = Math.max(longest, run);
            if (c >= '0' && c <= '9') {
                digits++;
                continue;
            }
            switch (c) {
                case '@' -> at = true;
                case '%' -> {
                    at = true;
                    pair = true;
                }
                case '=', ':', '>' -> pair = true;
                case '-' -> dashes++;
                case '_' -> underscores++;
                case '/', '\\' -> slash = true;
                case '.' -> dot = true;
                case 'b', 'B' -> scheme = true;
                default -> {}
            }
        }
        int bits = 0;
        bits |= pair || dashes >= 2 ? SecretKind.PASSWORD.bit() : 0;
        bits |= digits >= CardNumbers.MIN_DIGITS ? SecretKind.CARD.bit() : 0;
        bits |= digits >= 2 && text.length() >= 15 ? SecretKind.IBAN.bit() : 0;
        bits |= digits >= 9 && dashes >= 2 ? SecretKind.SSN.bit() : 0;
        bits |= dashes >= 10 ? SecretKind.PEM_KEY.bit() : 0;
        bits |= at && pair ? SecretKind.URL_CREDENTIALS.bit() : 0;
        bits |= slash ? SecretKind.USER_PATH.bit() : 0;
        bits |= mayHaveToken(text, digits, dashes + underscores, longest, scheme)
                ? SecretKind.TOKEN.bit() | SecretKind.ACCESS_KEY.bit()
                : 0;
        bits |= at ? SecretKind.EMAIL.bit() : 0;
        bits |= (dot && digits >= 4) || pair ? SecretKind.IP.bit() : 0;
        bits |= text.length() >= 17 ? SecretKind.MAC.bit() | SecretKind.UUID.bit() : 0;
        return bits & wanted;
    }

    /** Tokens are long and have digits; what follows the name of a scheme need not. */
    private static boolean mayHaveToken(String text, int digits, int joints, int longest, boolean scheme) {
        if (digits > 0 ? longest >= MIN_TOKEN : joints > 0 && longest >= MIN_WITHOUT_DIGIT) {
            return true;
        }
        return scheme && text.length() >= MIN_TOKEN && longest < text.length() && AuthorizationSchemes.areIn(text);
    }
}
