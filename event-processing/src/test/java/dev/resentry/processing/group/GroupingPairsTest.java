package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures grouping on labelled pairs of events, which one problem made or two. The pairs of {@code tune} are for working on the
 * rules; those of {@code judge} only tell whether what helps there helps at all.
 */
class GroupingPairsTest {
    private static final Path PAIRS = Path.of("src/test/resources/grouping-pairs");
    private static final double PRECISION = 0.98;
    private static final double RECALL = 0.95;

    @ParameterizedTest
    @ValueSource(strings = {"tune", "judge"})
    void eventsOfOneProblemMeetAndOthersDoNot(String half) throws IOException {
        Map<String, Score> byPlatform = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Pair pair : pairs(half)) {
            boolean met = hash(pair.first()).equals(hash(pair.second()));
            byPlatform.merge(pair.platform(), Score.of(pair.same(), met), Score::plus);
            if (met != pair.same()) {
                wrong.add("%s %s: %s".formatted(pair.same() ? "split " : "merged", pair.name(), pair.why()));
            }
        }
        Score whole = byPlatform.values().stream().reduce(Score.NONE, Score::plus);
        // Names of the wrong pairs of the judging half would make it a second half to work on.
        String details = half.equals("tune") ? String.join("\n", wrong) : wrong.size() + " pairs are wrong";
        System.out.println(report(half, byPlatform, whole) + "\n" + details);

        assertThat(byPlatform).as("pairs of " + half).isNotEmpty();
        assertThat(whole.precision())
                .as("precision of " + half + "\n" + details)
                .isGreaterThanOrEqualTo(PRECISION);
        assertThat(whole.recall()).as("recall of " + half + "\n" + details).isGreaterThanOrEqualTo(RECALL);
    }

    private record Pair(String name, String platform, boolean same, String why, JsonNode first, JsonNode second) {}

    /** @param truePositives pairs of one problem that met */
    private record Score(int truePositives, int falsePositives, int falseNegatives, int pairs) {
        static final Score NONE = new Score(0, 0, 0, 0);

        static Score of(boolean same, boolean met) {
            return new Score(same && met ? 1 : 0, !same && met ? 1 : 0, same && !met ? 1 : 0, 1);
        }

        Score plus(Score other) {
            return new Score(
                    truePositives + other.truePositives,
                    falsePositives + other.falsePositives,
                    falseNegatives + other.falseNegatives,
                    pairs + other.pairs);
        }

        double precision() {
            int met = truePositives + falsePositives;
            return met == 0 ? 1 : (double) truePositives / met;
        }

        double recall() {
            int same = truePositives + falseNegatives;
            return same == 0 ? 1 : (double) truePositives / same;
        }

        String line(String name) {
            return "%-12s pairs %4d  precision %.3f  recall %.3f".formatted(name, pairs, precision(), recall());
        }
    }

    private static String report(String half, Map<String, Score> byPlatform, Score whole) {
        return Stream.concat(
                        Stream.of("Grouping of labelled pairs, " + half),
                        Stream.concat(
                                byPlatform.entrySet().stream()
                                        .map(entry -> entry.getValue().line(entry.getKey())),
                                Stream.of(whole.line("all"))))
                .collect(Collectors.joining("\n"));
    }

    private static List<Pair> pairs(String half) throws IOException {
        if (!Files.isDirectory(PAIRS.resolve(half))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(PAIRS.resolve(half))) {
            List<Pair> pairs = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode json = UntrustedJson.WITH_NON_NUMBERS.tree(Files.readString(file));
                for (JsonNode pair : json.isArray() ? json.valueStream().toList() : List.of(json)) {
                    pairs.add(pair(pair));
                }
            }
            return pairs;
        }
    }

    private static Pair pair(JsonNode json) {
        return new Pair(
                json.path("name").asString(),
                json.path("platform").asString(),
                json.path("same").asBoolean(),
                json.path("why").asString(""),
                json.path("first"),
                json.path("second"));
    }

    private static String hash(JsonNode event) {
        return Grouping.of(normalized((ObjectNode) event), GroupingRules.NONE)
                .primary()
                .hex();
    }

    private static NormalizedEvent normalized(ObjectNode event) {
        return EventNormalizer.normalize(event, NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.EPOCH));
    }
}
