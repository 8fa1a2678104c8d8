package dev.resentry.processor.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.ledger.LedgerBalance;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The disk of the database is full: envelopes lie on a file system of a few megabytes. Needs the right to mount one. */
@Timeout(180)
@Tag("campaign")
class FullDiskIT {
    private static final int ENVELOPES = 8;
    private static final int BYTES = 500_000;

    @Test
    void consumingStopsLosesNothingAndGoesOnByItselfWhenThereIsRoom() throws Exception {
        Path disk = Files.createTempDirectory("full-disk");
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()))
                .as("mounting a small file system")
                .isTrue();
        var processor = new RunningProcessor();
        try {
            moveEnvelopesTo(disk, processor);

            for (int i = 0; i < ENVELOPES; i++) {
                sendLarge(processor, i);
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> failures(processor) > 1);
            assertThat(processor.count("envelopes")).isLessThan(ENVELOPES);
            assertThat(processor.count("dead_letters")).isZero();

            assertThat(run("mount", "-o", "remount,size=256m", disk.toString())).isTrue();

            LedgerBalance balance = await().atMost(Duration.ofSeconds(60))
                    .until(
                            processor::balance,
                            now -> now.envelopes().stored() == ENVELOPES + 1
                                    && now.envelopes().inFlight() == 0);
            assertThat(balance.envelopes().difference()).isZero();
            assertThat(balance.envelopes().lost()).isZero();
            assertThat(processor.count("envelopes")).isEqualTo(ENVELOPES + 1);
            assertThat(processor.count("dead_letters")).isZero();
        } finally {
            moveBack(processor);
            processor.close();
            run("umount", "--lazy", disk.toString());
            Files.delete(disk);
        }
    }

    /** The partition of today is made by the first envelope. */
    private static void moveEnvelopesTo(Path disk, RunningProcessor processor) throws Exception {
        processor.send("{}\n{\"type\":\"other\"}\nx\n");
        await().atMost(Duration.ofSeconds(60)).until(() -> processor.count("envelopes") == 1);
        Path data = Path.of(
                processor.jdbc().sql("SHOW data_directory").query(String.class).single());
        Files.setOwner(disk, Files.getOwner(data));
        processor
                .jdbc()
                .sql("CREATE TABLESPACE full_disk LOCATION '%s'".formatted(disk))
                .update();
        moveTo("full_disk", processor);
    }

    private static void moveTo(String tablespace, RunningProcessor processor) {
        processor
                .jdbc()
                .sql("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'envelopes'::regclass")
                .query(String.class)
                .list()
                .forEach(partition -> processor
                        .jdbc()
                        .sql("ALTER TABLE %s SET TABLESPACE %s".formatted(partition, tablespace))
                        .update());
    }

    /** The server is that of other tests, too. */
    private static void moveBack(RunningProcessor processor) {
        moveTo("pg_default", processor);
        processor.jdbc().sql("DROP TABLESPACE IF EXISTS full_disk").update();
    }

    private static void sendLarge(RunningProcessor processor, int seed) throws Exception {
        byte[] random = new byte[BYTES];
        new Random(seed).nextBytes(random);
        Instant now = Instant.now();
        processor.send(
                EnvelopeId.at(now),
                now,
                "{}\n{\"type\":\"other\"}\n%s\n"
                        .formatted(Base64.getEncoder().encodeToString(random))
                        .getBytes(UTF_8));
    }

    private static double failures(RunningProcessor processor) {
        return processor
                .bean(MeterRegistry.class)
                .get("resentry.processor.failures")
                .counter()
                .count();
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
