package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.backup.EnvelopeExport;
import dev.resentry.storage.ingest.SourceRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes raw envelopes to a file, for another installation or for whatever else reads it. */
@Command(name = "export-envelopes", description = "Write raw envelopes of a project and time to a file, as they came.")
final class ExportEnvelopesCommand implements Runnable {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A file that is not there yet, such as shop.envelopes.gz.")
    private Path target = Path.of("");

    @Option(names = "--project", paramLabel = "SLUG", description = "Only of this project (default: all).")
    private @Nullable String project;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "What arrived then or later: 2026-11-20 or 2026-11-20T12:00:00Z, in UTC (default: all).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "What arrived before (default: now).")
    private @Nullable String to;

    @Mixin
    private ReachOption data = new ReachOption();

    @Override
    public void run() {
        Instant first = from == null ? Instant.EPOCH : ReplayCommand.time("--from", from);
        Instant end = to == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : ReplayCommand.time("--to", to);
        try (var servers = data.servers(false);
                var export = new EnvelopeExport(servers.settings().database());
                var file = new NewFile(target)) {
            Map<Long, String> projects = export.projects();
            Long only = project == null ? null : idOf(project, projects);
            Map<String, String> about = new LinkedHashMap<>();
            about.put("resentry", ResentryCommand.version());
            about.put("from", first.toString());
            about.put("to", end.toString());
            long count;
            try (var writer = new EnvelopeFile.Writer(file.output(), about)) {
                export.read(first, end, only, envelope -> writer.write(saved(envelope, projects)));
                count = writer.finish();
            }
            System.out.printf("%d envelopes, %d MB: %s%n", count, file.finish() / 1_000_000, target);
        } catch (IOException e) {
            throw new UserFacingException("%s cannot be written: %s".formatted(target, e.getMessage()));
        }
    }

    private static Long idOf(String slug, Map<Long, String> projects) {
        return projects.entrySet().stream()
                .filter(entry -> entry.getValue().equals(slug))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new UserFacingException("There is no project %s here; there are: %s"
                        .formatted(slug, String.join(", ", projects.values()))));
    }

    private static EnvelopeFile.Saved saved(SourceRecord envelope, Map<Long, String> projects) {
        Map<String, String> headers = new LinkedHashMap<>();
        envelope.headers().forEach(header -> headers.put(header.name(), text(header.value())));
        String slug = envelope.projectId()
                .map(id -> projects.getOrDefault(id.value(), ""))
                .orElse("");
        byte[] body = envelope.value();
        return new EnvelopeFile.Saved(slug, headers, body == null ? new byte[0] : body);
    }

    /** A header's value as it stands in the file. */
    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, UTF_8);
    }
}
