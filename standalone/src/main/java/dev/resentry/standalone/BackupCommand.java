package dev.resentry.standalone;

import dev.resentry.model.encoding.ArchivePart;
import dev.resentry.model.encoding.ArchiveWriter;
import dev.resentry.storage.backup.BucketBlobs;
import dev.resentry.storage.backup.DatabaseSnapshot;
import dev.resentry.storage.backup.SavedTable;
import dev.resentry.storage.blob.BlobSettings;
import dev.resentry.storage.database.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes all of an installation to one file, while it goes on. */
@Command(
        name = "backup",
        description = "Write all of an installation to one file, as it is at one moment; it may be running.")
final class BackupCommand implements Runnable {
    private static final String SPOOLED = ".spool";

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A file that is not there yet, or a directory, in which the file is named after the time.")
    private Path target = Path.of("");

    @Option(
            names = "--with-topic",
            description = "Also the envelopes on the topic, with those that are accepted and not processed yet.")
    private boolean withTopic;

    @Mixin
    private ReachOption data = new ReachOption();

    @Override
    public void run() {
        var progress = new Progress(System.out);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path file = Files.isDirectory(target)
                ? target.resolve("resentry-%s.zip".formatted(now.toString().replace(":", "")))
                : target;
        try (var servers = data.servers(withTopic);
                var made = new NewFile(file)) {
            System.out.printf("Backup of %s%n", servers.name());
            DatabaseAddress address = servers.settings().database().address();
            try (var snapshot = DatabaseSnapshot.take(address)) {
                BackupManifest manifest = write(snapshot, servers.settings(), made, now, progress);
                long size = made.finish();
                System.out.printf(
                        "%d rows of %d tables, schema %s, %d MB: %s%n",
                        manifest.rows(),
                        manifest.tables().size(),
                        manifest.schema().getLast(),
                        size / 1_000_000,
                        file.toAbsolutePath().normalize());
                servers.data().ifPresent(BackupCommand::warnOfSpool);
                System.out.println("It holds secrets of the installation: keep it as you keep its data.");
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UserFacingException("%s cannot be written: %s".formatted(file, e.getMessage()));
        }
    }

    private BackupManifest write(
            DatabaseSnapshot snapshot, CommandSettings settings, NewFile file, Instant now, Progress progress)
            throws IOException {
        try (var archive = new ArchiveWriter(file.output())) {
            // The topic first: what processors do meanwhile lets it go of records that the snapshot does not have.
            BackupManifest.Topic topic = withTopic ? topic(archive, snapshot, settings) : null;
            if (topic != null) {
                progress.done("topic %s: %d envelopes, of which %d are not processed"
                        .formatted(topic.name(), topic.records(), topic.records() - topic.processed()));
            }
            List<BackupManifest.Table> tables = new ArrayList<>();
            for (SavedTable table : snapshot.tables()) {
                long[] rows = new long[1];
                ArchivePart part = archive.add("tables/" + table.name(), out -> rows[0] = snapshot.copy(table, out));
                tables.add(new BackupManifest.Table(table, rows[0], part));
            }
            progress.done("tables");
            BackupManifest.Blobs blobs = snapshot.hasBlobsInBucket() ? blobs(archive, snapshot, settings) : null;
            var manifest = new BackupManifest(
                    BackupManifest.FORMAT,
                    now,
                    ResentryCommand.version(),
                    snapshot.schema(),
                    tables,
                    snapshot.sequences(),
                    snapshot.ledger(),
                    snapshot.ledgerTopics(),
                    topic,
                    blobs);
            archive.add(BackupManifest.PART, out -> out.write(manifest.json()));
            return manifest;
        }
    }

    private static BackupManifest.Topic topic(
            ArchiveWriter archive, DatabaseSnapshot snapshot, CommandSettings settings) throws IOException {
        var topic = TopicBackup.begin(settings.kafka(), snapshot::progress);
        TopicBackup.Written[] written = new TopicBackup.Written[1];
        ArchivePart part = archive.add("topic/envelopes", out -> written[0] = topic.write(out));
        return new BackupManifest.Topic(
                settings.kafka().topics().envelopes(),
                topic.topicId(),
                topic.ends(),
                written[0].records(),
                written[0].processed(),
                part);
    }

    private static BackupManifest.Blobs blobs(
            ArchiveWriter archive, DatabaseSnapshot snapshot, CommandSettings settings) throws IOException {
        if (settings.blobs().store() != BlobSettings.Store.S3) {
            throw new UserFacingException(
                    "Attachments are in a bucket: set RESENTRY_BLOB_STORE=s3 and the settings of the bucket, as the services have them");
        }
        try (var bucket = new BucketBlobs(settings.database(), settings.blobs())) {
            BucketBlobs.Written[] written = new BucketBlobs.Written[1];
            ArchivePart part = archive.add("blobs", out -> written[0] = bucket.write(snapshot, out));
            if (written[0].blobs() == 0) {
                throw new UserFacingException(
                        "None of %d attachments is in bucket %s; check RESENTRY_S3_BUCKET and RESENTRY_S3_PREFIX"
                                .formatted(written[0].gone(), settings.blobs().bucket()));
            }
            System.out.printf(
                    "%d attachments of the bucket, %d more are not in it%n", written[0].blobs(), written[0].gone());
            return new BackupManifest.Blobs(written[0].blobs(), written[0].gone(), part);
        }
    }

    /** What waits there for Kafka was accepted and is nowhere else. */
    private static void warnOfSpool(Path data) {
        Path spool = data.resolve("spool");
        try (Stream<Path> files = Files.exists(spool) ? Files.walk(spool) : Stream.empty()) {
            long segments =
                    files.filter(file -> file.toString().endsWith(SPOOLED)).count();
            if (segments > 0) {
                System.out.printf(
                        "Envelopes wait in %s for Kafka (%d files): they are not in the backup%n", spool, segments);
            }
        } catch (IOException e) {
            System.out.printf("%s cannot be looked at: %s%n", spool, e.getMessage());
        }
    }
}
