package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.ArchivePart;
import dev.resentry.model.encoding.ArchiveWriter;
import dev.resentry.storage.backup.LedgerSums;
import dev.resentry.storage.backup.SavedTable;
import dev.resentry.storage.backup.SequenceValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before a server is started. */
class RestoreCommandTest {
    @TempDir
    private Path directory;

    @Test
    void aFileThatWasCutOffIsRefused() throws IOException {
        Path file = backup("rows");
        byte[] bytes = Files.readAllBytes(file);
        for (int length : List.of(0, 10, bytes.length / 2, bytes.length - 1)) {
            Files.write(file, Arrays.copyOf(bytes, length));

            assertThat(refused(file, "new")).containsAnyOf("cannot be read", "is not whole");
        }
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void aFileThatWasChangedIsRefused() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Path file = backup(Arrays.toString(noise));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 0x10;
        Files.write(file, bytes);

        assertThat(refused(file, "new")).containsAnyOf("is not whole", "was changed");
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void aPartThatIsNotWhatTheManifestSaysIsRefused() throws IOException {
        Path file = directory.resolve("other.zip");
        try (var archive = new ArchiveWriter(Files.newOutputStream(file))) {
            archive.add("tables/projects", out -> out.write("other rows".getBytes(UTF_8)));
            archive.add(
                    BackupManifest.PART,
                    out -> out.write(manifest(new ArchivePart("tables/projects", 10, "0".repeat(64)))
                            .json()));
        }

        assertThat(refused(file, "new")).contains("was changed: part tables/projects is not what was written");
    }

    @Test
    void anInstallationIsNotOverwritten() throws IOException {
        Path there = Files.createDirectories(directory.resolve("there"));
        Files.writeString(there.resolve("VERSION"), "format 1\n");

        assertThat(refused(backup("rows"), "there")).contains("is not empty: there is an installation in it");
    }

    @Test
    void theManifestIsReadAsItWasWritten() {
        BackupManifest manifest = manifest(new ArchivePart("tables/projects", 3, "ab"));

        assertThat(BackupManifest.parse(manifest.json())).isEqualTo(manifest);
    }

    private Path backup(String rows) throws IOException {
        Path file = directory.resolve("backup.zip");
        try (var archive = new ArchiveWriter(Files.newOutputStream(file))) {
            ArchivePart part = archive.add("tables/projects", out -> out.write(rows.getBytes(UTF_8)));
            archive.add(BackupManifest.PART, out -> out.write(manifest(part).json()));
        }
        return file;
    }

    private static BackupManifest manifest(ArchivePart part) {
        return new BackupManifest(
                BackupManifest.FORMAT,
                Instant.parse("2026-11-28T12:00:00Z"),
                "1.0",
                List.of("1", "23.1"),
                List.of(new BackupManifest.Table(new SavedTable("projects", null, List.of("id", "slug")), 1, part)),
                List.of(new SequenceValue("projects_id_seq", 7)),
                new LedgerSums(Map.of("stored", 1L), Map.of("stored", 1L), 1, Map.of("stored", 1L)),
                List.of(new UUID(1, 2)),
                new BackupManifest.Topic("envelopes", new UUID(1, 2), Map.of(0, 5L, 1, 6L), 11, 10, part),
                null);
    }

    private String refused(Path file, String data) {
        var said = new StringWriter();
        int exit = ResentryCommand.commandLine()
                .setErr(new PrintWriter(said, true))
                .execute(
                        "restore",
                        file.toString(),
                        "--data",
                        directory.resolve(data).toString());
        assertThat(exit).isEqualTo(1);
        return said.toString();
    }
}
