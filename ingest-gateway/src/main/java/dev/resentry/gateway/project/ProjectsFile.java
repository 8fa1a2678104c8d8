package dev.resentry.gateway.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projects that were known when a gateway last ran here, a record in each line, so that one that starts while Kafka is away
 * takes what it took before. Gateways may share the file: each writes it whole, and the last one stands. Used by one thread.
 */
final class ProjectsFile {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectsFile.class);

    private final Path file;

    ProjectsFile(Path file) {
        this.file = file;
    }

    /** What the file says; none if there is none. A line that cannot be read is left out and logged. */
    List<ProjectConfig> read() {
        List<ProjectConfig> projects = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                projects.add(ProjectRecord.read(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("Not all projects of the last run can be read; they are known once Kafka is there");
        }
        return projects;
    }

    /**
     * Writes the file anew: whoever reads it finds the one before or this one, whole. A failure is logged; the next change tries
     * again.
     */
    void write(Collection<ProjectConfig> projects) {
        var lines = new StringBuilder();
        projects.forEach(project -> lines.append(new String(ProjectRecord.value(project), StandardCharsets.UTF_8))
                .append('\n'));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "projects", ".next");
            try {
                try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                    var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("The projects cannot be written down for the next start");
        }
    }
}
