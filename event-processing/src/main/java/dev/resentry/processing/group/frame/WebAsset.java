package dev.resentry.processing.group.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The name of a built web asset without its content hash: {@code app.1a2b3c4d.min.js} and {@code app.5e6f7a8b.min.js} are one file
 * of two deployments.
 */
final class WebAsset {
    /** A file whose whole name is a hash or a number. */
    static final String CHUNK = "<chunk>";

    private static final Set<String> EXTENSIONS = Set.of(
            "js", "mjs", "cjs", "jsx", "ts", "tsx", "css", "map", "html", "bundle", "jsbundle", "php", "vue", "svelte");
    private static final Set<String> TAIL = Set.of(
            "chunk", "min", "bundle", "module", "legacy", "modern", "esm", "umd", "prod", "production", "client");
    private static final String SEPARATORS = ".-_~";

    private WebAsset() {}

    /** The name without hashes; the same name if it has none. */
    static String withoutHash(String basename) {
        int dot = basename.lastIndexOf('.');
        if (dot < 0 || !EXTENSIONS.contains(basename.substring(dot + 1))) {
            return basename;
        }
        String extension = basename.substring(dot);
        String name = withoutDashedHash(basename.substring(0, dot));
        List<String> tokens = tokens(name);
        int last = tokens.size() - 1;
        while (last > 0 && TAIL.contains(word(tokens.get(last)))) {
            last--;
        }
        if (isHash(tokens.get(last)) || (last == 0 && Text.isDigits(word(tokens.getFirst())))) {
            tokens.remove(last);
        }
        if (tokens.size() > 1 && isHash(tokens.get(1))) {
            tokens.remove(1);
        }
        if (!tokens.isEmpty() && Text.isDigits(word(tokens.getFirst()))) {
            tokens.removeFirst();
        }
        String kept = String.join("", tokens);
        boolean empty = tokens.isEmpty() || tokens.stream().allMatch(token -> TAIL.contains(word(token)));
        return (empty ? CHUNK : kept) + extension;
    }

    /** A hash of eight characters behind a dash may have dashes and underscores of its own. */
    private static String withoutDashedHash(String name) {
        int dash = name.length() - 9;
        if (dash >= 1 && name.charAt(dash) == '-' && isMixed(name.substring(dash + 1), 2)) {
            return name.substring(0, dash);
        }
        return name;
    }

    /** The name cut in front of every separator, which stays with the word behind it. */
    private static List<String> tokens(String name) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < name.length(); i++) {
            if (SEPARATORS.indexOf(name.charAt(i)) >= 0) {
                tokens.add(name.substring(start, i));
                start = i;
            }
        }
        tokens.add(name.substring(start));
        return tokens;
    }

    private static String word(String token) {
        return !token.isEmpty() && SEPARATORS.indexOf(token.charAt(0)) >= 0 ? token.substring(1) : token;
    }

    private static boolean isHash(String token) {
        String word = word(token);
        if (word.length() >= 6 && word.length() <= 64 && Text.isHex(word)) {
            int digits = Text.digits(word);
            return word.length() >= 16
                    || (digits > 0 && digits < word.length())
                    || (digits == word.length() && digits >= 8);
        }
        return (word.length() >= 8 && word.length() <= 22 && isMixed(word, 4))
                || (word.length() == 8 && token.startsWith("-") && isBase32(word));
    }

    /** Random letters and digits, not words in camel case. */
    private static boolean isMixed(String word, int leastSwitches) {
        boolean digit = false;
        boolean upper = false;
        boolean lower = false;
        int switches = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean isUpper = c >= 'A' && c <= 'Z';
            boolean isLower = c >= 'a' && c <= 'z';
            if (!isUpper && !isLower && !Text.isDigit(c) && c != '_' && c != '-') {
                return false;
            }
            upper |= isUpper;
            lower |= isLower;
            digit |= Text.isDigit(c);
            switches += i > 0 && kind(c) != kind(word.charAt(i - 1)) ? 1 : 0;
        }
        return (digit && upper && lower) || switches >= leastSwitches;
    }

    private static int kind(char c) {
        return Text.isDigit(c) ? 0 : Character.isUpperCase(c) ? 1 : Character.isLowerCase(c) ? 2 : 3;
    }

    private static boolean isBase32(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!((c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'))) {
                return false;
            }
        }
        return true;
    }
}
