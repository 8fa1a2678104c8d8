package dev.resentry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.ingest.IngestedItem;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for every JSON object that is sent as an event. The number of the repetition is the seed of its random input. */
class EventPropertyTest {
    private static final int ROUNDS = 200;
    private static final EnvelopePipeline PIPELINE = new EnvelopePipeline(
            new BoundedDecoder(1_000_000), new EnvelopeReader(EnvelopeLimits.DEFAULT), new EventStep(100_000), 10);

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
        "\"" + "x".repeat(500) + "\""
    };

    @RepeatedTest(30)
    void everyObjectIsStoredAndAlwaysBecomesTheSame(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            var json = new StringBuilder();
            object(random, json, 5);
            RawEnvelope raw = RecordedEnvelopesTest.raw(json.toString().getBytes(UTF_8), null, Endpoint.STORE);

            IngestedItem item = PIPELINE.process(raw).items().getFirst();

            assertThat(item.event()).as(json.toString()).isNotNull();
            assertThat(UntrustedJson.STORED.tree(item.event().payloadJson()).isObject())
                    .isTrue();
            assertThat(item.event().payloadJson()).doesNotContain("\\u0000");
            assertThat(PIPELINE.process(raw).items().getFirst().event()).isEqualTo(item.event());
        }
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
