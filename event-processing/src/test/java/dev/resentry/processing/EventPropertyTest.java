package dev.resentry.processing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.title.Title;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.JsonNode;

/** Properties of event processing for random JSON objects. The number of the repetition is the seed of its random input. */
class EventPropertyTest {
    private static final int ROUNDS = TestSize.of(10, 200);
    private static final EventId ID = new EventId(new UUID(1, 2));
    private static final Instant RECEIVED = Instant.parse("2026-11-21T00:10:00Z");
    private static final NormalizationContext CONTEXT = new NormalizationContext(
            null,
            ID,
            RECEIVED,
            RECEIVED.minus(Duration.ofHours(3)),
            "203.0.113.7",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "sentry.random/1.0");

    private static final String[] KEYS = {
        "event_id",
        "timestamp",
        "level",
        "platform",
        "release",
        "environment",
        "message",
        "logentry",
        "formatted",
        "params",
        "exception",
        "values",
        "type",
        "value",
        "mechanism",
        "synthetic",
        "stacktrace",
        "frames",
        "function",
        "module",
        "filename",
        "abs_path",
        "in_app",
        "lineno",
        "threads",
        "crashed",
        "current",
        "breadcrumbs",
        "tags",
        "fingerprint",
        "transaction",
        "culprit",
        "logger",
        "request",
        "url",
        "contexts",
        "user",
        "extra",
        "tags",
        "server_name",
        "site",
        "dist",
        "headers",
        "cookies",
        "query_string",
        "env",
        "REMOTE_ADDR",
        "ip_address",
        "User-Agent",
        "raw_description",
        "os",
        "runtime",
        "breadcrumbs",
        "threads",
        "vars",
        "in_app",
        "lineno",
        "handled",
        "abs_path",
        "errors",
        "_meta",
        "rem",
        "spans",
        "start_timestamp",
        "sdk",
        "settings",
        "infer_ip",
        "fingerprint",
        "modules",
        "sentry.interfaces.Http",
        "",
        "\\u0000"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "1.5e300",
        "1e400",
        "NaN",
        "-Infinity",
        "9".repeat(400),
        "0.".concat("1".repeat(400)),
        "\"\"",
        "\" \"",
        "\"\\ud83d\"",
        "\"\\u0000\"",
        "\"{{ default }}\"",
        "\"error\"",
        "\"2026-13-45T99:99:99Z\"",
        "\"1e400\"",
        "\"9ec79c33ec9942ab8353589fcb2e04dc\"",
        "\"a\\n\\n\\tb@c.de 0xff 12.5\"",
        "\"{{auto}}\"",
        "\"203.0.113.9\"",
        "\"never\"",
        "\"auto\"",
        "\"javascript\"",
        "\"java\"",
        "\"2026-11-20T00:00:00Z\"",
        "\"?a=b#c\"",
        "\"https://shop.example/a/b.js?c=d&e=%00#f\"",
        "\"Microsoft Windows NT 10.0.19042.0\"",
        "\"%s and %(a)s, {} and {0}\"",
        "\"" + "y.".repeat(150) + "\"",
        "\"" + "x".repeat(500) + "\"",
        "\"" + "z".repeat(9_000) + "\""
    };

    @RepeatedTest(30)
    void everyObjectIsNormalizedDeterministically(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            var json = new StringBuilder();
            object(random, json, 5);

            Processed processed = process(json.toString());

            assertThat(UntrustedJson.STORED.tree(processed.json()).isObject()).isTrue();
            assertThat(processed.json()).doesNotContain("\\u0000");
            assertThat(process(json.toString())).as(json.toString()).isEqualTo(processed);
        }
    }

    /** As after a replay of what is stored. */
    @RepeatedTest(30)
    void normalizingTheResultAgainChangesNothing(RepetitionInfo repetition) {
        var random = new Random(1_000 + repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS * 3; i++) {
            var json = new StringBuilder();
            object(random, json, 5);

            String once = process(json.toString()).json();

            // The order of fields is not kept where events are stored.
            JsonNode expected = UntrustedJson.STORED.tree(once);
            JsonNode twice = UntrustedJson.STORED.tree(process(once).json());
            assertThat(twice.propertyNames()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
            expected.properties()
                    .forEach(field -> assertThat(twice.get(field.getKey()))
                            .as(field.getKey())
                            .isEqualTo(field.getValue()));
        }
    }

    private record Processed(Instant occurredAt, GroupingHash hash, String title, String culprit, String json) {}

    private static Processed process(String json) {
        var read = (EventJson.Read.Json) EventJson.read(Payload.of(json.getBytes(UTF_8)));
        NormalizedEvent event = EventNormalizer.normalize(read, CONTEXT);
        return new Processed(
                event.occurredAt(),
                Grouping.of(event, GroupingRules.NONE).primary(),
                Title.of(event.view()),
                Title.culprit(event.view()),
                EventJson.write(event.json()));
    }

    private static void value(Random random, StringBuilder json, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        switch (kind) {
            case 1 -> object(random, json, depth - 1);
            case 2 -> {
                json.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    value(random, json, depth - 1);
                    json.append(i == 1 ? "" : ",");
                }
                json.append(']');
            }
            default -> json.append(VALUES[random.nextInt(VALUES.length)]);
        }
    }

    private static void object(Random random, StringBuilder json, int depth) {
        json.append('{');
        for (int i = random.nextInt(7); i > 0; i--) {
            json.append('"').append(KEYS[random.nextInt(KEYS.length)]).append("\":");
            value(random, json, depth);
            json.append(i == 1 ? "" : ",");
        }
        json.append('}');
    }
}
