package dev.resentry.processing.scrub.key;

/**
 * One or more words, without what stands between them, that make a name one of a secret.
 *
 * @param where where in a name it counts
 * @param family which exceptions there are
 */
record Phrase(String letters, Where where, Family family) {

    enum Where {
        /** As whole words of the name. */
        WORDS,
        /** At the end of a word too, as in {@code clientsecret}. */
        ENDING,
        /** Anywhere in a word too, as in {@code dbpasswordhash}. */
        ANYWHERE
    }

    enum Family {
        /** Always of a secret. */
        PLAIN,
        /** Not where more words say that it is about the secret, as in {@code auth_type}. */
        ABOUT,
        /** That, and the tokens of language models are counted. */
        TOKEN
    }

    /** Whether it is in a name at a place, in the way that it counts. */
    boolean isIn(KeyWords words, int at) {
        if (!words.hasAt(letters, at)) {
            return false;
        }
        int end = at + letters.length();
        boolean begins = words.isBoundary(at);
        boolean ends = words.isBoundary(end);
        return (begins && ends)
                || (where != Where.WORDS && words.isOneWord(at, end) && (ends || where == Where.ANYWHERE));
    }
}
