package dev.resentry.gateway.spool;

import static dev.resentry.gateway.spool.SpoolFixture.envelope;
import static dev.resentry.gateway.spool.SpoolFixture.files;
import static dev.resentry.gateway.spool.SpoolFixture.id;
import static dev.resentry.gateway.spool.SpoolFixture.open;
import static dev.resentry.gateway.spool.SpoolFixture.reopened;
import static dev.resentry.gateway.spool.SpoolFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.spool.SpoolFixture.Collected;
import dev.resentry.model.envelope.RawEnvelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spool opens whatever state its files are in, and loses none of them. */
@Timeout(60)
class SpoolStartTest {
    @TempDir
    private Path directory;

    private final List<String> first = new ArrayList<>();
    private final List<String> second = new ArrayList<>();
    private Path oldest;
    private Path moved;

    @BeforeEach
    void twoSegmentsOfEarlier() throws IOException {
        keep(first);
        oldest = files(directory, ".spool").getFirst();
        keep(second);
        moved = directory.resolve("elsewhere");
    }

    @Test
    void anUnreadableSegmentDoesNotPreventAStartAndIsQuarantinedWhole() throws Exception {
        putADirectoryInItsPlace();
        var outlet = new Collected();
        try (EnvelopeSpool spool = open(directory)) {
            assertThat(spool.isAccepting()).isTrue();
            assertThat(spool.status().unreadable()).isEqualTo(1);
            RawEnvelope newcomer = envelope(10);
            assertThat(spool.append(newcomer).join()).isInstanceOf(Appended.Kept.class);
            second.add(id(newcomer));

            try (SpoolDrain _ = SpoolFixture.hastyDrain(spool, outlet)) {
                await().untilAsserted(() -> assertThat(outlet.ids).isEqualTo(second));
            }
            assertThat(spool.status().quarantined()).isEqualTo(1);
            assertThat(spool.status().unreadable()).isZero();
            assertThat(files(directory, ".quarantine"))
                    .singleElement()
                    .satisfies(whole -> assertThat(whole.resolve("inside")).exists());
        }
    }

    @Test
    void aSegmentThatCanBeReadAgainLaterIsDrainedInItsTurn() throws Exception {
        putADirectoryInItsPlace();
        var outlet = new Collected();
        try (EnvelopeSpool spool = open(directory);
                SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
            assertThat(spool.status().envelopes()).isEqualTo(second.size());
            assertThat(outlet.ids).isEmpty();
            Files.delete(oldest.resolve("inside"));
            Files.delete(oldest);
            Files.move(moved, oldest);

            first.addAll(second);
            await().untilAsserted(() -> assertThat(outlet.ids).isEqualTo(first));
            await().untilAsserted(() -> assertThat(spool.status().envelopes()).isZero());
            assertThat(spool.status().quarantined()).isZero();
        }
    }

    @Test
    void whatIsNoFileIsNotTakenForASegmentInWhichNothingIs() throws Exception {
        Files.move(oldest, moved);
        Files.createSymbolicLink(oldest, Path.of("/dev/null"));
        try (EnvelopeSpool spool = open(directory)) {
            assertThat(spool.status().unreadable()).isEqualTo(1);
            Files.move(moved, oldest, StandardCopyOption.REPLACE_EXISTING);

            first.addAll(second);
            assertThat(SpoolFixture.waiting(spool)).isEqualTo(first);
        }
    }

    @Test
    void aSegmentThatCannotBeQuarantinedIsNeitherSkippedNorDeleted() throws Exception {
        putADirectoryInItsPlace();
        Path occupied = directory.resolve(oldest.getFileName() + ".quarantine").resolve("occupied");
        Files.createDirectories(occupied);
        var outlet = new Collected();
        for (int start = 0; start < 2; start++) {
            try (EnvelopeSpool spool = open(directory);
                    SpoolDrain _ = SpoolFixture.hastyDrain(spool, outlet)) {
                assertThat(spool.append(envelope(10)).join()).isInstanceOf(Appended.Kept.class);
                await().during(java.time.Duration.ofMillis(300)).until(() -> outlet.ids.isEmpty());
            }
        }
        assertThat(oldest.resolve("inside")).exists();
    }

    @Test
    void aRecordThatCannotBeCopiedIsQuarantinedWithItsSegment() throws Exception {
        Files.createDirectories(directory
                .resolve("%016d-%012d.quarantine".formatted(1, SegmentFormat.PREAMBLE_BYTES))
                .resolve("occupied"));
        try (EnvelopeSpool spool = open(directory)) {
            var reader = new SpoolReader(spool);
            reader.quarantine(reader.next(), "too large");
            spool.persistPosition();
            reader.close();
        }
        byte[] segment = Files.readAllBytes(oldest);

        var outlet = new Collected();
        try (EnvelopeSpool spool = open(directory);
                SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
            first.removeFirst();
            first.addAll(second);
            await().untilAsserted(() -> assertThat(outlet.ids).isEqualTo(first));
        }
        assertThat(directory.resolve(oldest.getFileName() + ".quarantine")).hasBinaryContent(segment);
    }

    @Test
    void aPositionThatCannotBeReadHasEnvelopesSentTwice() throws Exception {
        Files.createDirectories(directory.resolve("position").resolve("occupied"));

        first.addAll(second);
        assertThat(reopened(directory)).isEqualTo(first);
    }

    @Test
    void aDrainedSegmentThatCannotBeDeletedDoesNotPreventAStart() throws Exception {
        try (EnvelopeSpool spool = open(directory)) {
            var reader = new SpoolReader(spool);
            for (int i = 0; i <= first.size(); i++) {
                spool.drained(reader.next());
            }
            spool.persistPosition();
            reader.close();
        }
        Files.createDirectories(oldest.resolve("occupied"));

        assertThat(reopened(directory)).isEqualTo(second.subList(1, second.size()));
    }

    @Test
    void aFullDiskDoesNotPreventAStart() throws Exception {
        Files.delete(directory.resolve("LOCK"));
        Files.createSymbolicLink(directory.resolve("LOCK"), Path.of("/dev/full"));

        first.addAll(second);
        assertThat(reopened(directory)).isEqualTo(first);
    }

    @Test
    void aSlotThatCannotBeUsedIsLeftToAnother() throws Exception {
        Path slots = Files.createDirectory(directory.resolve("slots"));
        Files.writeString(slots.resolve("0"), "no directory");

        try (EnvelopeSpool spool = SpoolSlots.open(settings(slots), Clock.systemUTC())) {
            assertThat(spool.append(envelope(10)).join()).isInstanceOf(Appended.Kept.class);
        }
        assertThat(files(slots.resolve("1"), ".spool")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {".quarantine", ".broken"})
    void aQuarantinedFileIsNotOverwrittenByALaterSegmentOfTheSameNumber(String suffix) throws Exception {
        Path earlier = Files.writeString(directory.resolve("%016d-%012d%s".formatted(3, 40, suffix)), "earlier");
        keep(second);
        assertThat(files(directory, ".spool").getLast().getFileName().toString())
                .isEqualTo("%016d.spool".formatted(4));
        assertThat(earlier).hasContent("earlier");
    }

    private void keep(List<String> ids) {
        try (EnvelopeSpool spool = open(directory)) {
            for (int i = 0; i < 3; i++) {
                RawEnvelope envelope = envelope(100 + i);
                assertThat(spool.append(envelope).join()).isInstanceOf(Appended.Kept.class);
                ids.add(id(envelope));
            }
        }
    }

    /** Opening it goes well, reading it fails, as with a disk that is broken there. */
    private void putADirectoryInItsPlace() throws IOException {
        Files.move(oldest, moved);
        Files.createDirectory(oldest);
        Files.writeString(oldest.resolve("inside"), "not a segment");
    }
}
