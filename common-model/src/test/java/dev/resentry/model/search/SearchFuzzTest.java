package dev.resentry.model.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.TestSize;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is typed is read, or refused with a fault that lies in the query. */
class SearchFuzzTest {
    private static final int QUERIES = TestSize.of(10_000, 100_000);
    private static final String SIGNS = "ab1 \t\n:!()[]\"\\*,<>=.-_+%'\uF00D\uD83D\uDE00é日\0;{}$#@/|&?";

    @Test
    void readsOrRefusesEverything() throws IOException {
        List<String> known = SearchGrammarTest.lines()
                .map(line -> line.substring(0, line.indexOf(" -> ")))
                .toList();
        for (int seed = 0; seed < QUERIES; seed++) {
            var random = new Random(seed);
            String query = random.nextInt(3) == 0 ? made(random) : mutated(known, random);
            try {
                assertThat(SearchParser.parse(query)).isNotNull();
            } catch (SearchFault fault) {
                assertThat(fault.getMessage()).as("seed %d", seed).isNotBlank();
                assertThat(fault.position()).as("seed %d: %s", seed, query).isBetween(0, query.length());
                assertThat(fault.position() + fault.length())
                        .as("seed %d: %s", seed, query)
                        .isBetween(0, query.length() + 1);
                assertThat(fault.expected()).as("seed %d", seed).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("seed %d: %s".formatted(seed, query), e);
            }
        }
    }

    private static String made(Random random) {
        var query = new StringBuilder();
        for (int i = random.nextInt(40); i >= 0; i--) {
            query.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return query.toString();
    }

    private static String mutated(List<String> known, Random random) {
        var query = new StringBuilder(known.get(random.nextInt(known.size())));
        if (random.nextBoolean()) {
            query.append(random.nextBoolean() ? " " : "").append(known.get(random.nextInt(known.size())));
        }
        for (int i = random.nextInt(4); i >= 0 && !query.isEmpty(); i--) {
            int place = random.nextInt(query.length());
            char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
            switch (random.nextInt(3)) {
                case 0 -> query.deleteCharAt(place);
                case 1 -> query.setCharAt(place, sign);
                default -> query.insert(place, sign);
            }
        }
        return query.toString();
    }
}
