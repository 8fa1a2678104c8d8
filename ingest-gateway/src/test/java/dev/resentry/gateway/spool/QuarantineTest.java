package dev.resentry.gateway.spool;

import static dev.resentry.gateway.spool.SpoolFixture.envelope;
import static dev.resentry.gateway.spool.SpoolFixture.files;
import static dev.resentry.gateway.spool.SpoolFixture.id;
import static dev.resentry.gateway.spool.SpoolFixture.settings;
import static dev.resentry.gateway.spool.SpoolFixture.withMaxBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.spool.EnvelopeSink.Sent;
import dev.resentry.gateway.spool.SpoolFixture.Collected;
import dev.resentry.model.envelope.RawEnvelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Quarantined files count towards the bounds of the spool and stay until an operator deletes them. */
@Timeout(60)
class QuarantineTest {
    private static final DataSize MAX = DataSize.ofMegabytes(1);

    @TempDir
    private Path directory;

    private final Collected outlet = new Collected();

    @Test
    void theQuarantineCountsAsUsedSpaceAndIsNeverDeletedByTheSpool() throws Exception {
        quarantine(5, 150_000);
        // What is kept below is sent, and not quarantined as well before the test has looked.
        outlet.response = _ -> new Sent.Acknowledged();

        try (EnvelopeSpool spool = open();
                SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
            assertThat(spool.status().envelopes()).isZero();
            assertThat(spool.status().quarantinedBytes()).isBetween(750_000L, 760_000L);
            assertThat(spool.append(envelope(400_000)).join())
                    .isInstanceOfSatisfying(
                            Appended.Full.class,
                            full -> assertThat(full.cause()).contains("set aside in .quarantine files"));
            assertThat(spool.status().rejected()).containsEntry(SpoolRejection.BYTES, 1L);
            List<Path> quarantined = files(directory, ".quarantine");
            assertThat(quarantined).hasSize(5);

            for (Path file : quarantined) {
                Files.delete(file);
            }

            await().until(() -> spool.append(envelope(400_000)).join() instanceof Appended.Kept);
            assertThat(spool.status().quarantinedBytes()).isZero();
        }
    }

    @Test
    void filesQuarantinedByEarlierVersionsCount() throws Exception {
        Files.write(directory.resolve("0000000000000001-000000000024.broken"), new byte[750_000]);

        try (EnvelopeSpool spool = open()) {
            assertThat(spool.status().quarantinedBytes()).isEqualTo(750_000);
            assertThat(spool.append(envelope(400_000)).join()).isInstanceOf(Appended.Full.class);
        }
    }

    @Test
    void recordsQuarantinedAtRuntimeCountAtOnce() throws Exception {
        try (EnvelopeSpool spool = open()) {
            for (int i = 0; i < 5; i++) {
                spool.append(envelope(150_000)).join();
            }
            var reader = new SpoolReader(spool);
            for (SpooledRecord next = reader.next(); next != null; next = reader.next()) {
                reader.quarantine(next, "too large");
            }
            reader.caughtUp(true);
            reader.close();

            assertThat(spool.status().bytes()).isZero();
            assertThat(spool.append(envelope(400_000)).join()).isInstanceOf(Appended.Full.class);
        }
    }

    @Test
    void aQuarantinedRecordCanBeSentFromADirectoryOfItsOwn() throws Exception {
        List<String> ids = quarantine(2, 1000);
        Path slots = directory.resolve("slots");
        for (int i = 0; i < ids.size(); i++) {
            Path slot = Files.createDirectories(slots.resolve(Integer.toString(i)));
            Files.move(files(directory, ".quarantine").getFirst(), slot.resolve("0000000000000001.spool"));
        }

        outlet.response = _ -> new Sent.Acknowledged();
        for (int i = 0; i < ids.size(); i++) {
            try (EnvelopeSpool spool = SpoolSlots.open(settings(slots), Clock.systemUTC())) {
                assertThat(spool.status().oldestAge()).isPositive();
                try (SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
                    await().until(() -> spool.status().bytes() == 0);
                }
            }
        }

        assertThat(outlet.ids).containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<String> quarantine(int count, int bytes) {
        List<String> ids = new ArrayList<>();
        outlet.response = _ -> new Sent.Unsendable("too large");
        try (EnvelopeSpool spool = open();
                SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
            for (int i = 0; i < count; i++) {
                RawEnvelope envelope = envelope(bytes);
                assertThat(spool.append(envelope).join()).isInstanceOf(Appended.Kept.class);
                ids.add(id(envelope));
            }
            await().until(() -> spool.status().quarantined() == count
                    && spool.status().envelopes() == 0
                    && spool.status().bytes() == 0);
        }
        return ids;
    }

    private EnvelopeSpool open() {
        return SpoolSlots.in(
                directory, withMaxBytes(directory, MAX), Clock.systemUTC(), Disk.ofThisMachine(), SpoolFixture.SEGMENT);
    }
}
