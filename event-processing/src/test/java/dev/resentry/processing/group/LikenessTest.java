package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How alike events are, on the labelled pairs that grouping is measured on too. */
class LikenessTest {
    private static final Path PAIRS = Path.of("src/test/resources/grouping-pairs");

    /** From here on issues are shown as similar. */
    private static final double SIMILAR = 0.5;

    private record Pair(String name, String platform, boolean same, EventTraits first, EventTraits second) {
        Likeness likeness() {
            return Likeness.of(first, second);
        }
    }

    @Test
    void eventsOfOneProblemAreAlike() throws IOException {
        List<Pair> same = pairs().stream().filter(Pair::same).toList();
        List<Pair> alike =
                same.stream().filter(pair -> pair.likeness().score() >= SIMILAR).toList();

        assertThat((double) alike.size() / same.size())
                .as("of %d, not alike: %s", same.size(), named(same, alike))
                .isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void eventsOfRelatedProblemsAreMostlyAlike() throws IOException {
        List<Pair> different = pairs().stream().filter(pair -> !pair.same()).toList();
        List<Pair> alike = different.stream()
                .filter(pair -> pair.likeness().score() >= SIMILAR)
                .toList();

        assertThat((double) alike.size() / different.size())
                .as("of %d, not alike: %s", different.size(), named(different, alike))
                .isBetween(0.4, 0.9);
    }

    /** Those that are are mostly of one program again, which several bundlers gave other names, and which says the same. */
    @Test
    void eventsWithoutACommonFrameAreSeldomAlike() throws IOException {
        List<Pair> pairs = pairs();
        int compared = 0;
        List<String> alike = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            for (int j = i + 1; j < pairs.size(); j++) {
                Pair one = pairs.get(i);
                Pair other = pairs.get(j);
                if (one.platform().equals(other.platform()) && !shareFrames(one.first(), other.first())) {
                    compared++;
                    if (Likeness.of(one.first(), other.first()).score() >= SIMILAR) {
                        alike.add(one.name() + " and " + other.name());
                    }
                }
            }
        }

        assertThat((double) alike.size() / compared)
                .as("%d of %d, alike: %s", alike.size(), compared, alike)
                .isLessThanOrEqualTo(0.05);
    }

    /** Many pairs come from one small program, whose functions call each other in more than one of them. */
    private static boolean shareFrames(EventTraits one, EventTraits other) {
        return !Collections.disjoint(one.frames(), other.frames());
    }

    @Test
    void theFrameAtTheCrashCountsMost() {
        var event = new EventTraits("E", List.of("a", "b", "c", "d"), Set.of("x"));

        double withoutItsCaller = Likeness.of(event, new EventTraits("E", List.of("a", "b"), Set.of("x")))
                .score();
        double withoutTheCrash = Likeness.of(event, new EventTraits("E", List.of("c", "d"), Set.of("x")))
                .score();

        assertThat(Likeness.of(event, event).score()).isCloseTo(1, within(1e-9));
        assertThat(withoutItsCaller).isGreaterThan(withoutTheCrash);
    }

    @Test
    void whatNeitherHasDoesNotCountAndWhatOneLacksDoes() {
        var message = new EventTraits("", List.of(), Set.of("payment", "failed", "payment failed"));

        assertThat(Likeness.of(message, message)).isEqualTo(new Likeness(1, null, null, 1.0));
        assertThat(Likeness.of(message, new EventTraits("E", List.of("a"), Set.of("payment"))))
                .satisfies(likeness -> {
                    assertThat(likeness.type()).isEqualTo(0);
                    assertThat(likeness.frames()).isEqualTo(0);
                    assertThat(likeness.message()).isEqualTo(0.5);
                    assertThat(likeness.score()).isCloseTo(0.15, within(1e-9));
                });
        assertThat(new EventTraits("", List.of(), Set.of()).tellSomething()).isFalse();
    }

    private static List<String> named(List<Pair> all, List<Pair> but) {
        return all.stream()
                .filter(pair -> !but.contains(pair))
                .map(pair -> "%s/%s %s".formatted(pair.platform(), pair.name(), pair.likeness()))
                .toList();
    }

    private static List<Pair> pairs() throws IOException {
        try (Stream<Path> files = Files.walk(PAIRS)) {
            List<Pair> pairs = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode json = UntrustedJson.WITH_NON_NUMBERS.tree(Files.readString(file));
                for (JsonNode pair : json.isArray() ? json.valueStream().toList() : List.of(json)) {
                    pairs.add(new Pair(
                            pair.path("name").asString(),
                            pair.path("platform").asString(),
                            pair.path("same").asBoolean(),
                            traits(pair.path("first")),
                            traits(pair.path("second"))));
                }
            }
            return pairs;
        }
    }

    private static EventTraits traits(JsonNode event) {
        return EventTraits.of(
                EventNormalizer.normalize(
                        (ObjectNode) event, NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.EPOCH)),
                GroupingRules.NONE);
    }
}
