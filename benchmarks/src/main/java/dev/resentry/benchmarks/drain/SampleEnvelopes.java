package dev.resentry.benchmarks.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the envelopes of a case, each another; the same seed makes the same ones. */
final class SampleEnvelopes {
    private static final int LOGS = 10;
    private static final int ATTACHMENT_LINES = 60;

    private final DrainCase drainCase;
    private final SampleEvents events;
    private final int groups;
    private final long seed;

    /**
     * @param count how many are going to be made, from which the number of groups follows
     * @param seed differs from run to run, as ids must
     */
    SampleEnvelopes(DrainCase drainCase, int count, long seed) {
        this.drainCase = drainCase;
        this.events = new SampleEvents(drainCase.kilobytes() * 1000);
        this.groups = drainCase.groups().count(count);
        this.seed = seed;
    }

    /**
     * One envelope, not compressed.
     *
     * @param errorId the id of the event in it if it is an error
     * @param documents what a processor has to parse of it
     */
    @SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
    record Sample(byte[] body, @Nullable String errorId, List<byte[]> documents) {}

    Sample envelope(int number, Instant at) {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        String id = SampleEvents.hex(random, 32);
        if (drainCase.items() == DrainCase.Items.ERRORS) {
            return error(id, at, random).sample();
        }
        int part = random.nextInt(100);
        if (part < 35) {
            return error(id, at, random).sample();
        } else if (part < 65) {
            return new Body(id)
                    .item("transaction", events.transaction(id, at, random))
                    .sample();
        } else if (part < 85) {
            return new Body(null).item("session", session(id, at, random)).sample();
        } else if (part < 91) {
            return new Body(null).logs(logs(at, random)).sample();
        } else if (part < 94) {
            return error(id, at, random).attachment(text(at, random)).sample();
        } else if (part < 97) {
            return new Body(null).item("client_report", report(at, random)).sample();
        } else if (part < 99) {
            return new Body(null).item("check_in", checkIn(id, random)).sample();
        } else {
            return new Body(id).item("feedback", feedback(id, at, random)).sample();
        }
    }

    private Body error(String id, Instant at, RandomGenerator random) {
        Body body = new Body(id).item("event", events.error(id, random.nextInt(groups), at, random));
        body.errorId = id;
        return body;
    }

    private static ObjectNode session(String id, Instant at, RandomGenerator random) {
        ObjectNode session = JsonNodeFactory.instance.objectNode();
        session.put("sid", id)
                .put("did", Integer.toString(random.nextInt(50_000)))
                .put("init", true)
                .put("started", at.minusSeconds(60).toString())
                .put("timestamp", at.toString())
                .put("duration", 60)
                .put("errors", random.nextInt(20) == 0 ? 1 : 0)
                .put("status", "exited");
        session.putObject("attrs")
                .put("release", "shop@1.%d.0".formatted(random.nextInt(5)))
                .put("environment", "production");
        return session;
    }

    private static ObjectNode logs(Instant at, RandomGenerator random) {
        ObjectNode container = JsonNodeFactory.instance.objectNode();
        ArrayNode items = container.putArray("items");
        for (int i = 0; i < LOGS; i++) {
            ObjectNode log = items.addObject()
                    .put("timestamp", at.getEpochSecond() + at.getNano() / 1e9)
                    .put("trace_id", SampleEvents.hex(random, 32))
                    .put("level", "info")
                    .put("severity_number", 9)
                    .put(
                            "body",
                            "cart %d was opened by %d".formatted(random.nextInt(1_000_000), random.nextInt(50_000)));
            ObjectNode attributes = log.putObject("attributes");
            attributes
                    .putObject("sentry.environment")
                    .put("value", "production")
                    .put("type", "string");
            attributes.putObject("cart.items").put("value", random.nextInt(30)).put("type", "integer");
        }
        return container;
    }

    private static ObjectNode report(Instant at, RandomGenerator random) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("timestamp", at.toString());
        report.putArray("discarded_events")
                .addObject()
                .put("reason", "sample_rate")
                .put("category", "transaction")
                .put("quantity", 1 + random.nextInt(200));
        return report;
    }

    /** Of monitors whose next run is due tomorrow: nothing is missed while it is measured. */
    private static ObjectNode checkIn(String id, RandomGenerator random) {
        ObjectNode checkIn = JsonNodeFactory.instance.objectNode();
        checkIn.put("check_in_id", id)
                .put("monitor_slug", "job-%d".formatted(random.nextInt(10)))
                .put("status", "ok")
                .put("duration", random.nextInt(1000) / 10.0)
                .put("environment", "production");
        checkIn.putObject("monitor_config")
                .putObject("schedule")
                .put("type", "interval")
                .put("value", 1)
                .put("unit", "day");
        return checkIn;
    }

    private static ObjectNode feedback(String id, Instant at, RandomGenerator random) {
        ObjectNode feedback = JsonNodeFactory.instance.objectNode();
        feedback.put("event_id", id).put("timestamp", at.toString()).put("platform", "javascript");
        feedback.putObject("contexts")
                .putObject("feedback")
                .put("message", "My order %d did not go through".formatted(random.nextInt(1_000_000)))
                .put("contact_email", "person%d@example.com".formatted(random.nextInt(50_000)))
                .put("source", "widget");
        return feedback;
    }

    private static byte[] text(Instant at, RandomGenerator random) {
        var text = new StringBuilder();
        for (int line = 0; line < ATTACHMENT_LINES; line++) {
            text.append("%s INFO request %s took %d ms%n"
                    .formatted(at, SampleEvents.hex(random, 12), random.nextInt(2_000)));
        }
        return text.toString().getBytes(UTF_8);
    }

    /** An envelope as it grows. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<byte[]> documents = new ArrayList<>();
        private @Nullable String errorId;

        Body(@Nullable String eventId) {
            ObjectNode header = JsonNodeFactory.instance.objectNode();
            if (eventId != null) {
                header.put("event_id", eventId);
            }
            header.putObject("sdk").put("name", "sentry.java").put("version", "8.0.0");
            line(header);
        }

        Body item(String type, JsonNode payload) {
            return json(JsonNodeFactory.instance.objectNode().put("type", type), payload);
        }

        Body logs(JsonNode payload) {
            return json(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("type", "log")
                            .put("item_count", LOGS)
                            .put("content_type", "application/vnd.sentry.items.log+json"),
                    payload);
        }

        Body attachment(byte[] content) {
            line(JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "attachment")
                    .put("filename", "service.log")
                    .put("content_type", "text/plain")
                    .put("length", content.length));
            bytes.writeBytes(content);
            bytes.write('\n');
            return this;
        }

        Sample sample() {
            return new Sample(bytes.toByteArray(), errorId, documents);
        }

        private Body json(ObjectNode header, JsonNode payload) {
            byte[] document = payload.toString().getBytes(UTF_8);
            documents.add(document);
            line(header.put("length", document.length));
            bytes.writeBytes(document);
            bytes.write('\n');
            return this;
        }

        private void line(JsonNode header) {
            bytes.writeBytes((header + "\n").getBytes(UTF_8));
        }
    }
}
