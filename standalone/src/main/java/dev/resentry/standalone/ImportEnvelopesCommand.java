package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.backup.EnvelopeExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts envelopes of a file on the topic, where they are processed like any others. */
@Command(
        name = "import-envelopes",
        description = "Process what export-envelopes wrote, here: envelopes that are here already are left alone.")
final class ImportEnvelopesCommand implements Runnable {
    /** By which the ledger tells them from what came through a gateway. */
    private static final String GATEWAY = "import-envelopes";

    @Parameters(index = "0", paramLabel = "FILE", description = "What export-envelopes wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--project",
            paramLabel = "SLUG",
            description = "All of it into this project (default: into the projects of the same names).")
    private @Nullable String project;

    @Mixin
    private ReachOption data = new ReachOption();

    @Override
    public void run() {
        try (var servers = data.servers(true)) {
            Map<String, Long> targets = targets(servers.settings());
            // All of it is read before any of it is put there.
            check(targets);
            KafkaSettings kafka = servers.settings().kafka();
            ProvisionedTopics.make(kafka);
            try (var reader = new EnvelopeFile.Reader(file);
                    var producer = new EnvelopesProducer(kafka)) {
                long count = 0;
                for (var next = reader.read(); next.isPresent(); next = reader.read()) {
                    producer.send(record(next.get(), kafka.topics().envelopes(), target(next.get(), targets)));
                    count++;
                }
                producer.flush();
                System.out.printf("%d envelopes are on the topic; what is here already will be a duplicate%n", count);
            }
        } catch (IOException e) {
            throw new UserFacingException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private Map<String, Long> targets(CommandSettings settings) {
        try (var database = new EnvelopeExport(settings.database())) {
            Map<String, Long> targets = new LinkedHashMap<>();
            database.projects().forEach((id, slug) -> targets.put(slug, id));
            return targets;
        }
    }

    private void check(Map<String, Long> targets) throws IOException {
        try (var reader = new EnvelopeFile.Reader(file)) {
            long position = 0;
            for (var next = reader.read(); next.isPresent(); next = reader.read()) {
                position++;
                Map<String, byte[]> headers = headers(next.get(), target(next.get(), targets));
                if (EnvelopeRecord.read(headers::get, next.get().body())
                        instanceof EnvelopeRecord.Unreadable unreadable) {
                    throw new UserFacingException("%s: envelope %d: %s".formatted(file, position, unreadable.cause()));
                }
            }
        }
    }

    private long target(EnvelopeFile.Saved envelope, Map<String, Long> targets) {
        String slug = project == null ? envelope.project() : project;
        return Optional.ofNullable(targets.get(slug))
                .orElseThrow(() -> new UserFacingException(
                        "There is no project %s here: make it (./resentry create-project), or name one with --project; there are: %s"
                                .formatted(slug, String.join(", ", targets.keySet()))));
    }

    private static ProducerRecord<byte[], byte[]> record(EnvelopeFile.Saved envelope, String topic, long project) {
        var record = new ProducerRecord<byte[], byte[]>(topic, envelope.body());
        headers(envelope, project).forEach(record.headers()::add);
        return record;
    }

    private static Map<String, byte[]> headers(EnvelopeFile.Saved envelope, long project) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        envelope.headers().forEach((name, value) -> headers.put(name, value.getBytes(UTF_8)));
        headers.put(EnvelopeRecord.PROJECT_ID, Long.toString(project).getBytes(UTF_8));
        headers.put(EnvelopeRecord.GATEWAY, GATEWAY.getBytes(UTF_8));
        return headers;
    }
}
