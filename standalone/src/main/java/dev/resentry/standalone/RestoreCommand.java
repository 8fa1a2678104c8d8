package dev.resentry.standalone;

import dev.resentry.model.encoding.ArchivePart;
import dev.resentry.model.encoding.ArchiveReader;
import dev.resentry.storage.backup.BucketBlobs;
import dev.resentry.storage.backup.DatabaseRestore;
import dev.resentry.storage.backup.LedgerSums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an installation of what {@link BackupCommand} wrote. */
@Command(name = "restore", description = "Make an installation of a backup, in an empty directory or database.")
final class RestoreCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "FILE", description = "What backup wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is to be kept: a directory that is not there yet or empty "
                    + "(default: the empty database of DATABASE_URL, with the Kafka of KAFKA_BOOTSTRAP_SERVERS).")
    private @Nullable Path data;

    @Override
    public void run() {
        var progress = new Progress(System.out);
        ReachedServers.requireRoom(data);
        try (var archive = ArchiveReader.open(file)) {
            BackupManifest manifest = verified(archive);
            progress.done("the file is whole: %d rows, schema %s, of %s"
                    .formatted(manifest.rows(), manifest.schema().getLast(), manifest.madeAt()));
            try (var servers = ReachedServers.empty(data, manifest.topic() != null)) {
                System.out.printf("Restore into %s%n", servers.name());
                restore(archive, manifest, servers, progress);
            }
            System.out.println(
                    data == null
                            ? "Restored; the services can be started."
                            : "Restored; start it with: ./resentry up --data " + data);
        } catch (IOException e) {
            throw new UserFacingException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** Reads all of it before anything is made of it. */
    private BackupManifest verified(ArchiveReader archive) {
        try {
            var manifest = BackupManifest.parse(archive.read(BackupManifest.PART, BackupManifest.MAX_BYTES));
            for (ArchivePart part : parts(manifest)) {
                if (!archive.look(part.name()).equals(part)) {
                    throw new UserFacingException(
                            "%s was changed: part %s is not what was written".formatted(file, part.name()));
                }
            }
            return manifest;
        } catch (IOException e) {
            throw new UserFacingException("%s is not whole: %s".formatted(file, e.getMessage()));
        }
    }

    private static List<ArchivePart> parts(BackupManifest manifest) {
        List<ArchivePart> parts = new ArrayList<>();
        manifest.tables().forEach(table -> parts.add(table.part()));
        if (manifest.topic() != null) {
            parts.add(manifest.topic().part());
        }
        if (manifest.blobs() != null) {
            parts.add(manifest.blobs().part());
        }
        return parts;
    }

    private static void restore(
            ArchiveReader archive, BackupManifest manifest, ReachedServers servers, Progress progress)
            throws IOException {
        CommandSettings settings = servers.settings();
        try (var database = new DatabaseRestore(settings.database().address())) {
            database.requireEmpty();
            var topic = new TopicRestore(settings.kafka());
            // What is started for a restore has no topics yet.
            Optional<UUID> survivor =
                    servers.data().isPresent() ? Optional.empty() : topic.survivor(manifest.ledgerTopics());
            database.createSchema(manifest.schema());
            database.prepare(
                    manifest.tables().stream().map(BackupManifest.Table::table).toList());
            for (BackupManifest.Table table : manifest.tables()) {
                try (InputStream rows = archive.open(table.part().name())) {
                    database.load(table.table(), rows);
                }
            }
            progress.done("tables");
            verify(database, manifest);
            progress.done("all counts are those of the backup, and the ledger has its sums");
            database.numberOn(manifest.sequences());
            if (manifest.blobs() != null) {
                restoreBlobs(archive, manifest.blobs(), settings, progress);
            }
            restoreTopic(archive, manifest, database, topic, survivor, progress);
            database.complete(servers.data().isEmpty());
            progress.done("the schema is current");
        }
    }

    private static void verify(DatabaseRestore database, BackupManifest manifest) {
        for (BackupManifest.Table table : manifest.tables()) {
            long rows = database.count(table.table());
            if (rows != table.rows()) {
                throw new UserFacingException("Table %s has %d rows (expected: %d)"
                        .formatted(table.table().name(), rows, table.rows()));
            }
        }
        LedgerSums sums = database.ledger();
        if (!sums.equals(manifest.ledger())) {
            throw new UserFacingException("The ledger says %s (expected: %s)".formatted(sums, manifest.ledger()));
        }
        if (sums.difference() != 0) {
            System.out.printf(
                    "In the ledger, as it was: %d items more were found than accounted for%n", sums.difference());
        }
    }

    private static void restoreBlobs(
            ArchiveReader archive, BackupManifest.Blobs blobs, CommandSettings settings, Progress progress)
            throws IOException {
        try (var store = new BucketBlobs(settings.database(), settings.blobs());
                InputStream in = archive.open(blobs.part().name())) {
            progress.done("%d blobs".formatted(store.restore(in)));
        }
    }

    private static void restoreTopic(
            ArchiveReader archive,
            BackupManifest manifest,
            DatabaseRestore database,
            TopicRestore topic,
            Optional<UUID> survivor,
            Progress progress)
            throws IOException {
        BackupManifest.Topic saved = manifest.topic();
        if (survivor.isPresent()) {
            long gone = topic.readOnFrom(database.progress(survivor.get()).nextOffsets(), manifest.madeAt());
            if (gone > 0) {
                System.out.printf(
                        "The topic has let go of %d envelopes that came after the backup: they are in neither%n", gone);
            }
            progress.done("the topic is there still: processors read on where the backup ends");
        } else if (saved != null) {
            long records = topic.publish(() -> archive.open(saved.part().name()));
            long waiting = database.account(saved.name(), saved.id(), saved.ends());
            progress.done("%d envelopes are on the topic, of which %d are to be processed".formatted(records, waiting));
        }
    }
}
