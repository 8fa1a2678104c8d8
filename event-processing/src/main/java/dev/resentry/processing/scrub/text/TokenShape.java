package dev.resentry.processing.scrub.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys and tokens of a service, told by how they begin.
 *
 * @param min how many characters follow at least
 * @param max how many at most
 * @param dashes whether there may be more than letters, digits and underscores in it
 * @param digit whether one of them is a digit, since words may begin so too
 */
record TokenShape(SecretKind kind, String prefix, int min, int max, boolean dashes, boolean digit) {
    private static final int ANY = Integer.MAX_VALUE;
    private static final int WITHOUT_DIGIT = 64;

    private static final List<List<TokenShape>> BY_LETTER = new ArrayList<>();

    static {
        for (int i = 0; i < 128; i++) {
            BY_LETTER.add(new ArrayList<>());
        }
        // Cloud keys.
        for (String prefix : List.of("AKIA", "ASIA", "ABIA", "ACCA")) {
            add(new TokenShape(SecretKind.ACCESS_KEY, prefix, 16, 16, false, false));
        }
        add(new TokenShape(SecretKind.ACCESS_KEY, "AIza", 35, 35, true, false));
        tokens(20, true, true, "GOCSPX-", "ya29.");
        // Code hosting and packages.
        tokens(36, false, false, "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_");
        tokens(22, false, false, "github_pat_");
        tokens(
                16,
                true,
                false,
                "glpat-",
                "gldt-",
                "glrt-",
                "glptt-",
                "glcbt-",
                "glsoat-",
                "glft-",
                "gloas-",
                "pypi-AgE");
        tokens(20, false, true, "hf_", "dop_v1_", "shpat_", "shpss_");
        // Chat and payments.
        tokens(
                10, true, true, "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xoxc-", "xoxd-",
                "xapp-");
        tokens(16, false, true, "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_");
        tokens(20, true, true, "SG.");
        // Language models.
        tokens(20, true, true, "sk-");
        // Error trackers.
        tokens(16, true, true, "sntrys_", "sntryu_", "sntryi_", "resentry_");
    }

    private static void tokens(int min, boolean dashes, boolean digit, String... prefixes) {
        for (String prefix : prefixes) {
            add(new TokenShape(SecretKind.TOKEN, prefix, min, ANY, dashes, digit));
        }
    }

    private static void add(TokenShape shape) {
        BY_LETTER.get(shape.prefix().charAt(0)).add(shape);
    }

    static List<TokenShape> beginningWith(char letter) {
        return letter < 128 ? BY_LETTER.get(letter) : List.of();
    }

    /** Whether there may be a token in a text that has neither digits nor dashes nor underscores. */
    static boolean mayBeOfLetters(String text) {
        // All of them begin alike.
        for (int i = text.indexOf('A'); i >= 0; i = text.indexOf('A', i + 1)) {
            for (TokenShape shape : BY_LETTER.get('A')) {
                if (text.startsWith(shape.prefix(), i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The end of a token that begins at a word; -1 if there is none. */
    int end(String text, int start) {
        if (!Chars.isAt(text, start + 1, prefix.charAt(1)) || !text.startsWith(prefix, start)) {
            return -1;
        }
        int first = start + prefix.length();
        int end = first;
        boolean digits = !digit;
        // A token is told by its first characters: what is none must not be read to its end again and again.
        while (end < text.length() && isPart(text.charAt(end)) && (digits || end - first < WITHOUT_DIGIT)) {
            digits |= Chars.isDigit(text.charAt(end));
            end++;
        }
        // A stop ends a sentence.
        while (end > first && text.charAt(end - 1) == '.') {
            end--;
        }
        int length = end - first;
        return digits && length >= min && length <= max ? end : -1;
    }

    private boolean isPart(char c) {
        return Chars.isWord(c) || c == '_' || (dashes && (c == '-' || c == '.' || c == '=' || c == '+' || c == '/'));
    }
}
