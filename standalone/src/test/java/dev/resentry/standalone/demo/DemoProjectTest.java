package dev.resentry.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.processor.item.attachment.AttachmentHandler;
import dev.resentry.processor.item.clientreport.ClientReportHandler;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.processor.item.transaction.TransactionHandler;
import dev.resentry.storage.ingest.IngestedEnvelope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoProjectTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void theSameTimeHasTheSameEvents() {
        for (DemoProject project : DemoProject.all()) {
            assertThat(ids(project.until(NOON))).isEqualTo(ids(project.until(NOON)));
        }
    }

    @Test
    void aLaterRunOfTheSameDayOnlyAddsWhatHappenedSince() {
        for (DemoProject project : DemoProject.all()) {
            List<Shipment> later = project.until(NOON.plusSeconds(6 * 3600));

            assertThat(ids(later)).containsSubsequence(ids(project.until(NOON)));
            assertThat(later.stream().filter(shipment -> shipment.at().isAfter(NOON)))
                    .isNotEmpty();
        }
    }

    @Test
    void noIdIsUsedTwice() {
        Stream<String> all = DemoProject.all().stream().flatMap(project -> ids(project.until(NOON)).stream());

        assertThat(all).doesNotHaveDuplicates().hasSizeBetween(3_000, 6_000);
    }

    @Test
    void everythingLiesInTheTwoWeeksBeforeAndASpikeTwoDaysAgo() {
        List<Shipment> all = DemoProject.all().stream()
                .flatMap(project -> project.until(NOON).stream())
                .toList();

        assertThat(all)
                .allSatisfy(shipment -> assertThat(shipment.at())
                        .isBetween(Instant.parse("2026-11-07T00:00:00Z"), NOON.plusSeconds(60)));
        long ofTheSpike = all.stream()
                .filter(shipment ->
                        LocalDate.ofInstant(shipment.at(), ZoneOffset.UTC).equals(LocalDate.parse("2026-11-18")))
                .count();
        assertThat(ofTheSpike).isGreaterThan(all.size() / 4L);
    }

    @Test
    void noBlankStaysOpen() {
        assertThat(DemoProject.all().stream()
                        .flatMap(project -> project.until(NOON).stream())
                        .flatMap(shipment -> shipment.parcels().stream())
                        .filter(parcel -> !parcel.gzip())
                        .map(parcel -> new String(parcel.body(), UTF_8))
                        .filter(body -> body.contains("\"%{")))
                .isEmpty();
    }

    @Test
    void aProcessorMakesEventsTransactionsAndAllKindsOfDeadLettersOfIt() {
        var pipeline = new EnvelopePipeline(
                new BoundedDecoder(100 << 20),
                new EnvelopeReader(EnvelopeLimits.DEFAULT),
                List.of(
                        new EventHandler(4 << 20, 10),
                        new TransactionHandler(4 << 20),
                        new AttachmentHandler(),
                        new ClientReportHandler()));
        Map<String, Integer> fates = new TreeMap<>();

        for (DemoProject project : DemoProject.all()) {
            for (Shipment shipment : project.until(NOON)) {
                for (Shipment.Parcel parcel : shipment.parcels()) {
                    IngestedEnvelope envelope = pipeline.process(received(parcel));
                    fates.merge(fate(envelope.outcome()), 1, Integer::sum);
                    envelope.items().forEach(item -> {
                        String type = item.header().type().wireName();
                        fates.merge(type + " " + fate(item.outcome()), 1, Integer::sum);
                    });
                }
            }
        }

        assertThat(fates.keySet())
                .containsExactlyInAnyOrder(
                        "stored",
                        "invalid_envelope",
                        "invalid_encoding",
                        "event stored",
                        "event invalid_json",
                        "event too_large",
                        "transaction stored",
                        "transaction invalid_item",
                        "attachment stored",
                        "session stored",
                        "sessions stored",
                        "client_report stored",
                        "feedback stored",
                        "user_report stored",
                        "heat_map stored");
        assertThat(fates.get("event stored")).isBetween(2_000, 5_000);
        assertThat(fates.get("transaction stored")).isGreaterThan(500);
    }

    private static RawEnvelope received(Shipment.Parcel parcel) {
        var id = new EnvelopeId(new UUID(NOON.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L));
        return new RawEnvelope(
                new RawEnvelope.Receipt(
                        id,
                        new ProjectId(1),
                        new PublicKey("a".repeat(32)),
                        NOON,
                        Endpoint.ENVELOPE,
                        null,
                        parcel.gzip() ? "gzip" : null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()),
                parcel.body());
    }

    private static String fate(Outcome outcome) {
        return outcome.reasonName() == null ? outcome.wireName() : outcome.reasonName();
    }

    private static List<String> ids(List<Shipment> shipments) {
        return shipments.stream().map(shipment -> shipment.id().toString()).toList();
    }
}
