package dev.resentry.processing.scrub.text;

/**
 * Which kinds of secrets a text can hold, by one look at each character: most texts can hold none. A kind that is not among them is
 * not in the text; one that is may be.
 */
final class TextFeatures {
    /** So long are the shortest tokens, with and without digits. */
    private static final int MIN_TOKEN = 14;

    private static final int MIN_WITHOUT_DIGIT = 20;

    /** The word Basic, a blank and the shortest credentials. */
    private static final int MIN_SCHEME = 11;

    private static final int AT = 1;
    private static final int PAIR = 1 << 1;
    private static final int SLASH = 1 << 2;
    private static final int DOT = 1 << 3;
    private static final int SCHEME = 1 << 4;
    private static final int BLANK = 1 << 5;

    /** Behind the flags of a character stand three counts of 16 bits: of digits, dashes, and dashes with underscores. */
    private static final int COUNTS = 16;

    private static final int MAX_COUNT = (1 << 16) - 1;
    private static final long DIGIT = 1L << COUNTS;
    private static final long DASH = 1L << (COUNTS + 16);
    private static final long JOINT = 1L << (COUNTS + 32);

    /** What each character adds, by its last eight bits: a rare one that shares them with another only makes more possible. */
    private static final long[] FEATURES = new long[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            FEATURES[c] = DIGIT;
        }
        FEATURES['@'] = AT;
        FEATURES['%'] = AT | PAIR | BLANK;
        FEATURES['='] = PAIR;
        FEATURES[':'] = PAIR;
        FEATURES['>'] = PAIR;
        FEATURES['-'] = DASH | JOINT;
        FEATURES['_'] = JOINT;
        FEATURES['/'] = SLASH;
        FEATURES['\\'] = SLASH;
        FEATURES['.'] = DOT;
        FEATURES['b'] = SCHEME;
        FEATURES['B'] = SCHEME;
        FEATURES[' '] = BLANK;
        FEATURES['+'] = BLANK;
    }

    private TextFeatures() {}

    /** Of the kinds, as bits, those that the text may hold. */
    static int possible(String text, int wanted) {
        int digits = 0;
        int dashes = 0;
        int joints = 0;
        long flags = 0;
        // No more characters at once than a count can take.
        for (int start = 0; start < text.length(); start += MAX_COUNT) {
            int end = Math.min(text.length(), start + MAX_COUNT);
            long counts = 0;
            for (int i = start; i < end; i++) {
                long features = FEATURES[text.charAt(i) & 0xff];
                flags |= features;
                counts += features >>> COUNTS;
            }
            digits += (int) (counts & MAX_COUNT);
            dashes += (int) (counts >>> 16 & MAX_COUNT);
            joints += (int) (counts >>> 32);
        }
        boolean at = (flags & AT) != 0;
        boolean pair = (flags & PAIR) != 0;
        int bits = 0;
        bits |= pair || dashes >= 2 ? SecretKind.PASSWORD.bit() : 0;
        bits |= digits >= CardNumbers.MIN_DIGITS ? SecretKind.CARD.bit() : 0;
        bits |= digits >= 2 && text.length() >= 15 ? SecretKind.IBAN.bit() : 0;
        bits |= digits >= 9 && dashes >= 2 ? SecretKind.SSN.bit() : 0;
        bits |= dashes >= 10 ? SecretKind.PEM_KEY.bit() : 0;
        bits |= at && pair ? SecretKind.URL_CREDENTIALS.bit() : 0;
        bits |= (flags & SLASH) != 0 ? SecretKind.USER_PATH.bit() : 0;
        bits |= mayHaveToken(text, digits, joints, (int) flags)
                ? SecretKind.TOKEN.bit() | SecretKind.ACCESS_KEY.bit()
                : 0;
        bits |= at ? SecretKind.EMAIL.bit() : 0;
        bits |= ((flags & DOT) != 0 && digits >= 4) || pair ? SecretKind.IP.bit() : 0;
        bits |= text.length() >= 17 ? SecretKind.MAC.bit() | SecretKind.UUID.bit() : 0;
        return bits & wanted;
    }

    /** Tokens are long, and nearly all have digits; what follows the name of a scheme need not. */
    private static boolean mayHaveToken(String text, int digits, int joints, int flags) {
        if (digits > 0 ? hasWord(text, MIN_TOKEN) : mayHaveTokenOfLetters(text, joints, flags)) {
            return true;
        }
        boolean scheme = (flags & SCHEME) != 0 && (flags & BLANK) != 0 && text.length() >= MIN_SCHEME;
        return scheme && AuthorizationSchemes.areIn(text);
    }

    private static boolean mayHaveTokenOfLetters(String text, int joints, int flags) {
        return ((flags & DOT) != 0 && text.contains(WebTokens.HEADER))
                || (hasWord(text, MIN_WITHOUT_DIGIT) && (joints > 0 || TokenShape.mayBeOfLetters(text)));
    }

    /** Whether so many characters stand together without a blank: looks at one in so many of them, and at what is in front of it. */
    private static boolean hasWord(String text, int length) {
        int start = 0;
        while (text.length() - start >= length) {
            int blank = start + length - 1;
            while (blank >= start && text.charAt(blank) != ' ') {
                blank--;
            }
            if (blank < start) {
                return true;
            }
            start = blank + 1;
        }
        return false;
    }
}
