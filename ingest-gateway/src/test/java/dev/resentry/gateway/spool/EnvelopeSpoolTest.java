package dev.resentry.gateway.spool;

import static dev.resentry.gateway.spool.SpoolFixture.envelope;
import static dev.resentry.gateway.spool.SpoolFixture.files;
import static dev.resentry.gateway.spool.SpoolFixture.id;
import static dev.resentry.gateway.spool.SpoolFixture.open;
import static dev.resentry.gateway.spool.SpoolFixture.reopened;
import static dev.resentry.gateway.spool.SpoolFixture.settings;
import static dev.resentry.gateway.spool.SpoolFixture.waiting;
import static dev.resentry.gateway.spool.SpoolFixture.withMaxBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.spool.SpoolFixture.SetClock;
import dev.resentry.gateway.spool.SpoolFixture.TestDisk;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.testsupport.size.TestSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class EnvelopeSpoolTest {
    /** From one damaged byte to the next; no multiple of two, so that every bit has its turn. */
    private static final int STEP = 7 / TestSize.of(1, 7);

    @TempDir
    private Path directory;

    @Test
    void readsEnvelopesInTheOrderOfTheirAppends() throws Exception {
        List<String> kept = fill(200, 100, 0, 70_000, 1, 1_500_000, 5);

        try (EnvelopeSpool spool = open(directory)) {
            assertThat(spool.status().envelopes()).isEqualTo(kept.size());
            assertThat(waiting(spool)).isEqualTo(kept);
        }
        assertThat(files(directory, ".spool")).hasSizeGreaterThan(1);
    }

    @Test
    void readsHeadersAndBodyUnchanged() throws Exception {
        RawEnvelope envelope = envelope(3000);

        try (EnvelopeSpool spool = open(directory)) {
            assertThat(spool.append(envelope).join()).isInstanceOf(Appended.Kept.class);
            SpooledEnvelope read = new SpoolReader(spool).next().envelope();
            assertThat(read.body()).isEqualTo(envelope.body());
            Map<String, byte[]> headers = EnvelopeRecord.headers(envelope.receipt());
            assertThat(read.headers().keySet()).containsExactlyElementsOf(headers.keySet());
            headers.forEach((name, value) -> assertThat(read.headers()).containsEntry(name, value));
        }
    }

    @Test
    void appendsThatWaitShareOneSync() {
        var disk = new TestDisk();
        try (EnvelopeSpool spool = open(directory, disk)) {
            spool.append(envelope(10)).join();
            int before = disk.syncs.get();
            disk.syncPermits.drainPermits();
            CompletableFuture<Appended> first = spool.append(envelope(10));
            await().until(disk.syncPermits::hasQueuedThreads);
            List<CompletableFuture<Appended>> others = IntStream.range(0, 256)
                    .mapToObj(_ -> spool.append(envelope(3000)))
                    .toList();
            assertThat(others).noneMatch(CompletableFuture::isDone);
            assertThat(first).isNotDone();

            disk.syncPermits.release(1000);

            assertThat(others).allSatisfy(append -> assertThat(append.join()).isInstanceOf(Appended.Kept.class));
            assertThat(disk.syncs.get() - before).isEqualTo(2);
            assertThat(disk.directorySyncs.get()).isEqualTo(1);
        }
    }

    @Test
    void aTornTailIsCutAtEveryByteAndTheRestStays() throws Exception {
        List<String> kept = fill(40, 0, 90);
        Path segment = files(directory, ".spool").getFirst();
        byte[] whole = Files.readAllBytes(segment);
        long lastRecord = offsets(whole).getLast();

        for (int size = (int) lastRecord; size < whole.length; size += STEP) {
            Files.write(segment, Arrays.copyOf(whole, size));
            assertThat(reopened(directory)).as("cut at %d", size).isEqualTo(kept.subList(0, 2));
            assertThat(segment).hasSize(lastRecord);
        }
        for (int size = 1; size < lastRecord; size += 7) {
            Files.write(segment, Arrays.copyOf(whole, size));
            List<String> left = reopened(directory);
            assertThat(left).as("cut at %d", size).isEqualTo(kept.subList(0, left.size()));
        }
        assertThat(files(directory, ".quarantine")).isEmpty();
    }

    @Test
    void aFlippedBitLosesAtMostOneRecordWhichIsQuarantined() throws Exception {
        List<String> kept = fill(40, 50, 60);
        Path segment = files(directory, ".spool").getFirst();
        byte[] whole = Files.readAllBytes(segment);
        List<Long> offsets = offsets(whole);

        for (int at = 0; at < whole.length; at += STEP) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            Files.write(segment, flipped);
            int hit = at < offsets.getFirst() ? -1 : at < offsets.get(1) ? 0 : at < offsets.get(2) ? 1 : 2;
            List<String> expected = new ArrayList<>(kept);
            if (hit >= 0) {
                expected.remove(hit);
            }

            assertThat(reopened(directory)).as("flipped at %d", at).isEqualTo(expected);

            // A length of the last record that points behind the end cannot be told from a write that was cut off: only
            // a
            // checksum over the header keeps the two apart.
            List<Path> quarantined = files(directory, ".quarantine");
            assertThat(quarantined).as("flipped at %d", at).hasSize(hit < 0 ? 0 : 1);
            for (Path file : quarantined) {
                assertThat(Files.size(file)).isLessThanOrEqualTo(whole.length - offsets.get(hit));
                Files.delete(file);
            }
        }
    }

    @Test
    void aSegmentWithoutAPreambleIsQuarantinedWhole() throws Exception {
        fill(40);
        List<String> second = fill(50);
        Path segment = files(directory, ".spool").getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        Arrays.fill(bytes, 0, SegmentFormat.PREAMBLE_BYTES, (byte) 7);
        Files.write(segment, bytes);

        assertThat(reopened(directory)).isEqualTo(second);
        assertThat(files(directory, ".quarantine"))
                .singleElement()
                .satisfies(file -> assertThat(file).hasBinaryContent(bytes));
    }

    @Test
    void aBodyThatLooksLikeARecordIsNotTakenForOne() throws Exception {
        fill(40, 50);
        Path segment = files(directory, ".spool").getFirst();
        byte[] another = Files.readAllBytes(segment);
        Files.delete(segment);
        RawEnvelope forged = new RawEnvelope(envelope(1).receipt(), another);
        List<String> kept = new ArrayList<>();
        try (EnvelopeSpool spool = open(directory)) {
            spool.append(forged).join();
            RawEnvelope next = envelope(5);
            spool.append(next).join();
            kept.add(id(next));
        }
        Path own = files(directory, ".spool").getFirst();
        byte[] bytes = Files.readAllBytes(own);
        bytes[SegmentFormat.PREAMBLE_BYTES + 17] ^= 1;
        Files.write(own, bytes);

        assertThat(reopened(directory)).isEqualTo(kept);
    }

    @Test
    void staysWithinItsMaximumBytes() throws Exception {
        List<String> kept = new ArrayList<>();
        SpoolSettings settings = withMaxBytes(directory, DataSize.ofMegabytes(1));
        try (EnvelopeSpool spool =
                SpoolSlots.in(directory, settings, Clock.systemUTC(), Disk.ofThisMachine(), SpoolFixture.SEGMENT)) {
            Appended last = new Appended.Kept();
            while (last instanceof Appended.Kept) {
                RawEnvelope envelope = envelope(3000);
                last = spool.append(envelope).join();
                if (last instanceof Appended.Kept) {
                    kept.add(id(envelope));
                }
            }
            assertThat(last)
                    .isInstanceOfSatisfying(
                            Appended.Full.class,
                            full -> assertThat(full.cause()).contains("has its 1048576B"));
            assertThat(spool.status().bytes()).isBetween(1_000_000L, 1_048_576L);
            assertThat(waiting(spool)).isEqualTo(kept);
            drainAll(spool);
            assertThat(spool.append(envelope(3000)).join()).isInstanceOf(Appended.Kept.class);
        }
    }

    @Test
    void theMaximumAgeStopsAppendsAndDeletesNothing() throws Exception {
        var clock = new SetClock();
        try (EnvelopeSpool spool =
                SpoolSlots.in(directory, settings(directory), clock, Disk.ofThisMachine(), SpoolFixture.SEGMENT)) {
            RawEnvelope old = envelope(10);
            spool.append(old).join();
            clock.now = clock.now.plus(Duration.ofHours(24));
            RawEnvelope young = envelope(10);
            assertThat(spool.append(young).join()).isInstanceOf(Appended.Kept.class);
            clock.now = clock.now.plusSeconds(2);
            assertThat(spool.append(envelope(10)).join()).isInstanceOf(Appended.Full.class);
            assertThat(spool.status().oldestAge())
                    .isEqualTo(Duration.ofHours(24).plusSeconds(2));

            SpooledRecord first = new SpoolReader(spool).next();
            assertThat(first.envelope().id()).isEqualTo(id(old));
            spool.drained(first);

            assertThat(spool.append(envelope(10)).join()).isInstanceOf(Appended.Kept.class);
            assertThat(waiting(spool)).startsWith(id(young)).hasSize(2);
        }
    }

    @Test
    void keepsTheMinimumFreeSpaceOnTheDisk() {
        var disk = new TestDisk();
        disk.usable = 100;
        try (EnvelopeSpool spool = open(directory, disk)) {
            assertThat(spool.append(envelope(1000)).join()).isInstanceOf(Appended.Full.class);
            disk.usable = 10_000;
            assertThat(spool.append(envelope(1000)).join()).isInstanceOf(Appended.Kept.class);
        }
    }

    @Test
    void theBytesQueuedForTheDiskAreBounded() {
        var disk = new TestDisk();
        disk.syncPermits.drainPermits();
        try (EnvelopeSpool spool = open(directory, disk)) {
            List<CompletableFuture<Appended>> appends = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                appends.add(spool.append(envelope(10_000_000)));
            }
            assertThat(appends.getLast()).isCompletedWithValueMatching(Appended.Full.class::isInstance);
            disk.syncPermits.release(1000);
            assertThat(appends.subList(0, 6))
                    .allSatisfy(append -> assertThat(append.join()).isInstanceOf(Appended.Kept.class));
        }
    }

    @Test
    void aDiskFailureLosesNothingAcknowledgedAndTheDiskIsUsedAgainOnceItWorks() throws Exception {
        var disk = new TestDisk();
        List<String> kept = new ArrayList<>();
        try (EnvelopeSpool spool = open(directory, disk)) {
            keep(spool, kept);
            disk.writableBytes = 20;
            assertThat(spool.append(envelope(500)).join())
                    .isEqualTo(new Appended.Failed("the spool's disk failed: No space left on device"));
            disk.failsToTruncate = true;
            disk.writableBytes = Integer.MAX_VALUE;
            keep(spool, kept);
            disk.writableBytes = 300;
            assertThat(spool.append(envelope(500)).join()).isInstanceOf(Appended.Failed.class);
            disk.writableBytes = Integer.MAX_VALUE;
            disk.failsToCreate = true;
            assertThat(spool.append(envelope(500)).join()).isInstanceOf(Appended.Failed.class);
            disk.failsToCreate = false;
            keep(spool, kept);
            assertThat(waiting(spool)).isEqualTo(kept);
        }

        assertThat(reopened(directory)).isEqualTo(kept);
        assertThat(files(directory, ".quarantine")).isEmpty();
    }

    @Test
    void afterAFailedSyncTheFileIsNotTrustedAgain() throws Exception {
        var disk = new TestDisk();
        List<String> kept = new ArrayList<>();
        try (EnvelopeSpool spool = open(directory, disk)) {
            keep(spool, kept);
            disk.failsToSync = true;
            assertThat(spool.append(envelope(500)).join())
                    .isEqualTo(new Appended.Failed("the spool's disk failed: Input/output error"));
            disk.failsToSync = false;
            keep(spool, kept);
        }

        assertThat(files(directory, ".spool")).hasSize(2);
        assertThat(reopened(directory)).isEqualTo(kept);
    }

    @Test
    void continuesAfterTheDrainedPosition() throws Exception {
        List<String> kept = fill(10, 20, 30);
        try (EnvelopeSpool spool = open(directory)) {
            var reader = new SpoolReader(spool);
            spool.drained(reader.next());
            spool.drained(reader.next());
            spool.persistPosition();
        }

        assertThat(reopened(directory)).isEqualTo(kept.subList(2, 3));
        try (EnvelopeSpool spool = open(directory)) {
            assertThat(spool.status().envelopes()).isEqualTo(1);
        }
    }

    @Test
    void aBrokenPositionHasEnvelopesSentTwiceNotLost() throws Exception {
        List<String> kept = fill(10, 20, 30);
        try (EnvelopeSpool spool = open(directory)) {
            spool.drained(new SpoolReader(spool).next());
            spool.persistPosition();
        }
        Path position = directory.resolve("position");
        byte[] bytes = Files.readAllBytes(position);
        bytes[3] ^= 1;
        Files.write(position, bytes);

        assertThat(reopened(directory)).isEqualTo(kept);
    }

    @Test
    void deletesWhatIsDrained() throws Exception {
        fill(600_000, 600_000, 600_000);
        try (EnvelopeSpool spool = open(directory)) {
            drainAll(spool);
            assertThat(files(directory, ".spool")).isEmpty();
            assertThat(spool.status().bytes()).isZero();
            spool.persistPosition();
        }
        List<String> later = fill(5);
        assertThat(reopened(directory)).isEqualTo(later);
    }

    @Test
    void twoSpoolsDoNotShareADirectory() {
        try (EnvelopeSpool _ = open(directory)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> open(directory))
                    .withMessageContaining(directory.toString())
                    .withMessageContaining("in use");
        }
        open(directory).close();
    }

    @Test
    void gatewaysOfOneDirectoryTakeSpoolsOfTheirOwnAndSayWhenThereAreNoMore() {
        SpoolSettings settings = settings(directory);
        try (EnvelopeSpool first = SpoolSlots.open(settings, Clock.systemUTC());
                EnvelopeSpool second = SpoolSlots.open(settings, Clock.systemUTC())) {
            first.append(envelope(1)).join();
            assertThat(second.status().envelopes()).isZero();
            assertThatIllegalStateException()
                    .isThrownBy(() -> SpoolSlots.open(settings, Clock.systemUTC()))
                    .withMessageContaining(directory.toString())
                    .withMessageContaining("all 2 slots");
        }
    }

    @Test
    void prefersASpoolThatAStoppedGatewayLeft() {
        SpoolSettings settings = settings(directory);
        try (EnvelopeSpool _ = SpoolSlots.open(settings, Clock.systemUTC());
                EnvelopeSpool second = SpoolSlots.open(settings, Clock.systemUTC())) {
            second.append(envelope(1)).join();
        }
        assertThat(SpoolSlots.holdsAny(settings)).isTrue();
        try (EnvelopeSpool spool = SpoolSlots.open(settings, Clock.systemUTC())) {
            assertThat(spool.status().envelopes()).isEqualTo(1);
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatIllegalStateException()
                .isThrownBy(() -> open(file.resolve("spool")))
                .withMessageContaining(file.toString());
    }

    @Test
    void aDiskThatHangsDoesNotHoldUpAStop() {
        var disk = new TestDisk();
        EnvelopeSpool spool = open(directory, disk);
        disk.syncPermits.drainPermits();
        CompletableFuture<Appended> hanging = spool.append(envelope(10));
        await().until(disk.syncPermits::hasQueuedThreads);

        spool.close();

        assertThat(hanging).isNotDone();
        disk.syncPermits.release(1000);
        assertThat(hanging.join()).isInstanceOf(Appended.Kept.class);
    }

    /** Where the records of a segment stand, found by reading it. */
    private List<Long> offsets(byte[] segment) throws IOException {
        List<Long> offsets = new ArrayList<>();
        try (var reader = SegmentReader.open(files(directory, ".spool").getFirst())) {
            long at = SegmentFormat.PREAMBLE_BYTES;
            while (reader.read(at, segment.length) instanceof SegmentReader.Read.Found found) {
                offsets.add(at);
                at = found.next();
            }
        }
        return offsets;
    }

    private static void drainAll(EnvelopeSpool spool) throws IOException {
        try (var reader = new SpoolReader(spool)) {
            for (SpooledRecord next = reader.next(); next != null; next = reader.next()) {
                spool.drained(next);
            }
            reader.caughtUp(true);
        }
    }

    private List<String> fill(int... sizes) {
        List<String> kept = new ArrayList<>();
        try (EnvelopeSpool spool = open(directory)) {
            for (int size : sizes) {
                RawEnvelope envelope = envelope(size);
                assertThat(spool.append(envelope).join()).isInstanceOf(Appended.Kept.class);
                kept.add(id(envelope));
            }
        }
        return kept;
    }

    private static void keep(EnvelopeSpool spool, List<String> kept) {
        RawEnvelope envelope = envelope(400);
        assertThat(spool.append(envelope).join()).isInstanceOf(Appended.Kept.class);
        kept.add(id(envelope));
    }
}
