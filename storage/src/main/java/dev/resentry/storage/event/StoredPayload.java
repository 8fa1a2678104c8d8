package dev.resentry.storage.event;

/**
 * The payload of an event on its way into the database. Stored as text, it takes less room than as JSONB and no work to be made; it is JSONB
 * when it is read, so it has to be what that takes.
 *
 * @param isPlain whether it surely is that; of others PostgreSQL decides when they are stored
 */
record StoredPayload(String json, boolean isPlain) {
    /** Longer numbers may have more digits than PostgreSQL's can hold; none that a program counts with is as long. */
    private static final int LONGEST_NUMBER = 100;

    /** So may those with a longer exponent. */
    private static final int LONGEST_EXPONENT = 3;

    /** A payload as the writer of JSON wrote it: without blanks. */
    static StoredPayload of(String json) {
        return new StoredPayload(json, isPlain(json));
    }

    /** Whether there is neither the character NUL, nor half a pair of surrogates, nor a number of unusual length. */
    private static boolean isPlain(String json) {
        boolean inText = false;
        int length = 0;
        for (int i = 0; i < json.length(); i++) {
            char sign = json.charAt(i);
            if (inText) {
                if (sign == '"') {
                    inText = false;
                    length = 0;
                } else if (sign == '\\') {
                    i++;
                    if (json.startsWith("u0000", i) || json.startsWith("uD", i) || json.startsWith("ud", i)) {
                        return false;
                    }
                } else if (Character.isSurrogate(sign) && !isHalfOfPair(json, i)) {
                    return false;
                }
            } else if (sign == '"') {
                inText = true;
            } else if (sign == ',' || sign == ':' || sign == '[' || sign == '{') {
                length = 0;
            } else if (++length > LONGEST_NUMBER
                    || ((sign == 'e' || sign == 'E') && exponent(json, i + 1) > LONGEST_EXPONENT)) {
                return false;
            }
        }
        return true;
    }

    private static int exponent(String json, int from) {
        int end = from;
        while (end < json.length() && "+-0123456789".indexOf(json.charAt(end)) >= 0) {
            end++;
        }
        return end > from && json.charAt(from) < '0' ? end - from - 1 : end - from;
    }

    private static boolean isHalfOfPair(String json, int i) {
        return Character.isHighSurrogate(json.charAt(i))
                ? i + 1 < json.length() && Character.isLowSurrogate(json.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(json.charAt(i - 1));
    }
}
