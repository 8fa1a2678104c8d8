package dev.resentry.processing.group.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The number of the repetition is the seed of its random input. */
class PrefixesTest {

    @RepeatedTest(10)
    void findsWhatAskingForOneAfterTheOtherFinds(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 5_000; i++) {
            List<String> all = new ArrayList<>();
            for (int j = random.nextInt(6); j >= 0; j--) {
                all.add(word(random, 1 + random.nextInt(3)));
            }
            var prefixes = new Prefixes(all);
            String name = word(random, random.nextInt(6));

            assertThat(prefixes.isOf(name))
                    .as("%s of %s", name, all)
                    .isEqualTo(all.stream().anyMatch(name::startsWith));
        }
    }

    private static String word(Random random, int length) {
        var word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("ab.".charAt(random.nextInt(3)));
        }
        return word.toString();
    }
}
