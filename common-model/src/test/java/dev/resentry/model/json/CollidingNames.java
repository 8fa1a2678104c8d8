package dev.resentry.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Property names of eight letters that share one hash in Jackson's table of names, whatever its seed. The table takes a
 * name as numbers of four bytes; for two of them it mixes the first, adds 33 times the second, and only then its seed.
 */
final class CollidingNames {
    private static final int INVERSE_OF_33 = inverse(33);

    private CollidingNames() {}

    /**
     * A document of 26,000 bytes that fills the table's overflow so that names of most other documents end there: names
     * of 60 hashes, one of each in turn.
     */
    static byte[] poison(int seed) {
        var random = new Random(seed);
        List<List<String>> groups = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            groups.add(of(40, random.nextInt()));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            names.add(groups.get(i % 60).get(i / 60));
        }
        return object(names).getBytes(UTF_8);
    }

    /** Different names that all have one hash, which depends on the target. */
    static List<String> of(int count, int target) {
        var random = new Random(target);
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < count) {
            int first = letters(random);
            int second = (target - mixed(first)) * INVERSE_OF_33;
            if (areLetters(second)) {
                names.add(text(first) + text(second));
            }
        }
        return List.copyOf(names);
    }

    /** An object with these names. */
    static String object(List<String> names) {
        var json = new StringBuilder("{");
        for (String name : names) {
            json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":0");
        }
        return json.append('}').toString();
    }

    private static int mixed(int first) {
        int hash = first;
        hash += hash >>> 15;
        hash ^= hash >>> 9;
        return hash;
    }

    private static int letters(Random random) {
        int quad = 0;
        for (int i = 0; i < 4; i++) {
            quad = quad << 8 | 'a' + random.nextInt(26);
        }
        return quad;
    }

    private static boolean areLetters(int quad) {
        for (int shift = 0; shift < 32; shift += 8) {
            int c = quad >>> shift & 0xff;
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String text(int quad) {
        return "%c%c%c%c".formatted(quad >>> 24, quad >>> 16 & 0xff, quad >>> 8 & 0xff, quad & 0xff);
    }

    /** Newton's iteration: every step doubles the bits that are right. */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
