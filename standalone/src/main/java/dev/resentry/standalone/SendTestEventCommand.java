package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeHeader;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeWriter;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.Dsn;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Sends an event the way an SDK does, and waits until it can be read. */
@Command(name = "send-test-event", description = "Send an error to the running Resentry and follow it to its issue.")
final class SendTestEventCommand implements Runnable {
    private static final long READABLE_WITHIN_NANOS = 15_000_000_000L;

    @Option(names = "--dsn", description = "Where to send to (default: the first project).")
    private @Nullable String dsn;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public void run() {
        Instance instance = Instance.running(data.directory());
        String target = dsn == null ? instance.dsn() : dsn;
        Dsn parsed = Dsn.parse(target).orElseThrow(() -> new UserFacingException("Not a DSN: " + target));
        var id = new EventId(UUID.randomUUID());
        long start = System.nanoTime();
        try (var api = new ApiClient()) {
            ApiClient.Answer sent = api.postEnvelope(
                    parsed.envelopeEndpoint(), parsed.publicKey().value(), envelope(id));
            if (sent.status() != 200) {
                throw new UserFacingException(
                        "The event was refused with %d: %s".formatted(sent.status(), sent.json()));
            }
            System.out.printf("Sent event %s, acknowledged after %d ms%n", id, millisSince(start));
            long issue = awaitIssue(api, instance, id, start);
            System.out.printf(
                    "Readable after %d ms as part of issue %d%n%s/events/%s%n",
                    millisSince(start), issue, instance.url(), id);
        }
    }

    private static long awaitIssue(ApiClient api, Instance instance, EventId id, long start) {
        while (System.nanoTime() - start < READABLE_WITHIN_NANOS) {
            ApiClient.Answer answer = api.get(instance, "/events/" + id);
            if (answer.status() == 200) {
                return answer.json().path("issue_id").asLong();
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new UserFacingException("interrupted");
            }
        }
        throw new UserFacingException(
                "The event was accepted and cannot be read after 15 s; see %s/health/ready".formatted(instance.url()));
    }

    private static byte[] envelope(EventId id) {
        JsonMapper json = JsonMapper.shared();
        var event = json.createObjectNode();
        event.put("event_id", id.toString())
                .put("timestamp", Instant.now().toString())
                .put("platform", "java")
                .put("level", "error")
                .put("environment", "test");
        event.putObject("tags").put("sent_by", "send-test-event");
        var exception = event.putObject("exception").putArray("values").addObject();
        exception.put("type", "TestException").put("value", "This is a test event; all is well");
        var frames = exception.putObject("stacktrace").putArray("frames");
        frames.addObject()
                .put("module", "dev.resentry.example.Main")
                .put("function", "main")
                .put("filename", "Main.java")
                .put("lineno", 12)
                .put("in_app", true);
        frames.addObject()
                .put("module", "dev.resentry.example.Checkout")
                .put("function", "pay")
                .put("filename", "Checkout.java")
                .put("lineno", 34)
                .put("in_app", true);
        var item = EnvelopeItem.of(
                ItemHeader.of(ItemType.Known.EVENT),
                Payload.of(json.writeValueAsString(event).getBytes(UTF_8)));
        return EnvelopeWriter.write(new Envelope(EnvelopeHeader.of(id, null, Instant.now()), List.of(item)));
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
