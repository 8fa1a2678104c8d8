package dev.resentry.query.auth;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** What a password that people choose has to be, and passwords that are made up for them. */
public final class NewPassword {
    public static final int MIN = 10;
    public static final int MAX = 256;
    public static final String RULE = "expected: 10 to 256 characters";

    /** Letters and digits that are not taken for one another. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int RANDOM_LENGTH = 20;

    private NewPassword() {}

    public static String random() {
        return new SecureRandom()
                .ints(RANDOM_LENGTH, 0, ALPHABET.length())
                .mapToObj(at -> String.valueOf(ALPHABET.charAt(at)))
                .collect(Collectors.joining());
    }
}
