package dev.resentry.processor.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.processor.item.attachment.AttachmentHandler;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopePipelineTest {
    private static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";
    private static final EnvelopePipeline PIPELINE = new EnvelopePipeline(
            new BoundedDecoder(10_000),
            new EnvelopeReader(EnvelopeLimits.DEFAULT),
            List.of(new EventHandler(500, 2), new AttachmentHandler()));

    private static final EnvelopePipeline ROOMY = new EnvelopePipeline(
            new BoundedDecoder(1_000_000),
            new EnvelopeReader(EnvelopeLimits.DEFAULT),
            List.of(new EventHandler(100_000, 2)));

    @Test
    void whatCannotBeDecodedIsDroppedWithItsReason() {
        assertThat(reasonOf(envelope("{}", "lzma"))).isEqualTo(DropReason.INVALID_ENCODING);
        assertThat(reasonOf(envelope("no gzip", "gzip"))).isEqualTo(DropReason.INVALID_ENCODING);
        assertThat(reasonOf(envelope(" ".repeat(10_001), null))).isEqualTo(DropReason.TOO_LARGE);
        assertThat(reasonOf(envelope("{}\n{}\n", null))).isEqualTo(DropReason.INVALID_ENVELOPE);
    }

    @Test
    void theClockOfTheSenderIsCorrectedByTheHeader() {
        IngestedEnvelope envelope = envelope(
                "{\"event_id\":\"%s\",\"sent_at\":\"2026-11-20T21:10:00Z\"}\n{\"type\":\"event\"}\n{\"timestamp\":\"2026-11-20T21:09:50Z\"}\n"
                        .formatted(ID),
                null);

        // It arrived at 00:10.
        assertThat(event(envelope.items().getFirst()).occurredAt()).isEqualTo("2026-11-21T00:09:50Z");
    }

    @Test
    void oneBadItemLeavesTheOthersAlone() {
        IngestedEnvelope envelope = envelope(
                "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\nnot json\n{\"type\":\"session\"}\n{}\n{\"type\":\"of_tomorrow\"}\nx\n"
                        .formatted(ID),
                null);

        assertThat(envelope.outcome()).isEqualTo(new Outcome.Stored());
        assertThat(envelope.items())
                .extracting(item -> item.outcome().wireName())
                .containsExactly("dropped", "stored", "stored");
        assertThat(reasonOf(envelope.items().getFirst())).isEqualTo(DropReason.INVALID_JSON);
    }

    @Test
    void anEventTooLargeOrTooManyIsDroppedAlone() {
        String large = "{\"message\":\"" + "x".repeat(500) + "\"}";
        IngestedEnvelope envelope = envelope(
                "{}\n{\"type\":\"event\"}\n%s\n{\"type\":\"event\"}\n{}\n{\"type\":\"event\"}\n{}\n".formatted(large),
                null);

        assertThat(reasonOf(envelope.items().getFirst())).isEqualTo(DropReason.TOO_LARGE);
        assertThat(envelope.items().get(1).rows(NewEvent.class)).hasSize(1);
        assertThat(reasonOf(envelope.items().get(2))).isEqualTo(DropReason.INVALID_ITEM);
    }

    @Test
    void anEventWithoutAnIdGetsTheSameOneAtEveryReplay() {
        var raw = RecordedEnvelopesTest.raw("{}\n{\"type\":\"event\"}\n{}\n".getBytes(UTF_8), null, Endpoint.ENVELOPE);

        IngestedEnvelope once = PIPELINE.process(raw);
        IngestedEnvelope again = PIPELINE.process(raw);

        assertThat(once.eventId()).isEqualTo(again.eventId());
        assertThat(once.eventId().value()).isEqualTo(raw.receipt().id().value());
    }

    @Test
    void theThreeFormsOfAStoreBodyGiveTheSameEvent() throws IOException {
        String json = "{\"event_id\":\"%s\",\"message\":\"hello\"}".formatted(ID);
        var zlib = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(zlib)) {
            deflater.write(json.getBytes(UTF_8));
        }
        for (byte[] body : new byte[][] {
            json.getBytes(UTF_8),
            Base64.getEncoder().encode(json.getBytes(UTF_8)),
            Base64.getEncoder().encode(zlib.toByteArray())
        }) {
            IngestedEnvelope envelope = PIPELINE.process(RecordedEnvelopesTest.raw(body, null, Endpoint.STORE));
            assertThat(envelope.items()).singleElement().satisfies(item -> {
                assertThat(event(item).title()).isEqualTo("hello");
                assertThat(event(item).id()).hasToString(ID);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":%s}",
                "{\"exception\":[{\"stacktrace\":{\"frames\":{\"a\":[]}}}]}",
                "{\"exception\":{\"stacktrace\":{\"frames\":[5,null,[]]}}}",
                "{\"logentry\":{\"formatted\":{}},\"logger\":[],\"request\":5,\"threads\":{\"values\":{}}}",
                "{\"tags\":[[{},1],[1,{}],[\"a\",%s]]}",
                "{\"message\":\"\\ud83d cut\",\"timestamp\":\"0\"}"
            })
    void oddFieldsAreNoReasonToLoseAnError(String event) {
        String body = "{}\n{\"type\":\"event\"}\n" + event.replace("%s", "9".repeat(400)) + "\n";

        assertThat(envelope(body, null).items())
                .singleElement()
                .satisfies(item -> assertThat(item.outcome()).isEqualTo(new Outcome.Stored()));
    }

    @Test
    void eventsOfAnyAcceptedDepthCanBeWrittenAndReadAgain() {
        int stored = 0;
        for (int depth = 470; depth <= 520; depth++) {
            String nested = "[".repeat(depth) + "]".repeat(depth);
            IngestedItem item = ROOMY.process(RecordedEnvelopesTest.raw(
                            "{\"exception\":{\"x\":%s}}".formatted(nested).getBytes(UTF_8), null, Endpoint.STORE))
                    .items()
                    .getFirst();
            if (item.rows().isEmpty()) {
                assertThat(reasonOf(item)).isEqualTo(DropReason.INVALID_JSON);
            } else {
                assertThat(UntrustedJson.STORED.tree(event(item).payloadJson()).isObject())
                        .isTrue();
                stored++;
            }
        }
        assertThat(stored).isPositive();
    }

    @Test
    void eachBrowserReportIsAnEventRegardlessOfTheLimitForSdks() {
        String body = "[{\"body\":{}}" + ",{\"body\":{}}".repeat(20) + "]";

        IngestedEnvelope envelope =
                ROOMY.process(RecordedEnvelopesTest.raw(body.getBytes(UTF_8), null, Endpoint.SECURITY));

        assertThat(envelope.items())
                .hasSize(21)
                .allSatisfy(item -> assertThat(item.rows(NewEvent.class)).hasSize(1));
        assertThat(envelope.items()).extracting(IngestedItem::eventId).doesNotHaveDuplicates();
    }

    @Test
    void theEventsOfOneEnvelopeShareASizeLimit() {
        String event = "{\"message\":\"" + "x".repeat(280) + "\"}";
        IngestedEnvelope envelope =
                envelope("{}\n{\"type\":\"event\"}\n%s\n{\"type\":\"event\"}\n%s\n".formatted(event, event), null);

        assertThat(envelope.items().getFirst().rows(NewEvent.class)).hasSize(1);
        assertThat(reasonOf(envelope.items().get(1))).isEqualTo(DropReason.TOO_LARGE);
    }

    @Test
    void limitedEventsAreLeftOutWithTheirAttachmentsExceptNativeCrashes() {
        String body = """
                {"event_id":"%s"}
                {"type":"event"}
                {}
                {"type":"attachment","filename":"a.txt"}
                text
                {"type":"attachment","attachment_type":"event.minidump"}
                MDMP
                {"type":"session"}
                {}
                """.formatted(ID);
        RawEnvelope raw = RecordedEnvelopesTest.raw(body.getBytes(UTF_8), null, Endpoint.ENVELOPE);

        IngestedEnvelope envelope = PIPELINE.process(limited(raw, Set.of(DataCategory.ERROR)));

        assertThat(envelope.outcome()).isEqualTo(new Outcome.Stored());
        assertThat(envelope.items())
                .extracting(item -> item.outcome().wireName())
                .containsExactly("dropped", "dropped", "stored", "stored");
        assertThat(reasonOf(envelope.items().getFirst())).isEqualTo(DropReason.RATE_LIMITED);
        assertThat(reasonOf(envelope.items().get(1))).isEqualTo(DropReason.RATE_LIMITED);
    }

    @Test
    void aMinidumpWithoutAnEventMakesOne() {
        String body = """
                {"event_id":"%s"}
                {"type":"attachment","attachment_type":"event.minidump","filename":"a.dmp"}
                MDMP
                """.formatted(ID);

        IngestedEnvelope envelope =
                PIPELINE.process(RecordedEnvelopesTest.raw(body.getBytes(UTF_8), null, Endpoint.ENVELOPE));

        assertThat(envelope.items()).hasSize(1);
        assertThat(envelope.items().getFirst().rows())
                .extracting(row -> row.getClass().getSimpleName())
                .containsExactly("NewAttachment", "NewEvent");
        assertThat(event(envelope).title()).isEqualTo("Native crash: Fatal Error: Native crash");
        assertThat(event(envelope).id()).hasToString(ID);
    }

    @Test
    void anEventBesideAMinidumpTellsOfTheCrash() {
        String body = """
                {"event_id":"%s"}
                {"type":"event"}
                {"release":"game@1"}
                {"type":"attachment","attachment_type":"event.minidump","filename":"a.dmp"}
                MDMP
                """.formatted(ID);

        IngestedEnvelope envelope =
                PIPELINE.process(RecordedEnvelopesTest.raw(body.getBytes(UTF_8), null, Endpoint.ENVELOPE));

        assertThat(event(envelope).title()).isEqualTo("Native crash: Fatal Error: Native crash");
        assertThat(event(envelope).release()).isEqualTo("game@1");
        assertThat(event(envelope).level()).isEqualTo("fatal");
    }

    @Test
    void secretsAreTakenOutAndUsersToldApartAllTheSame() {
        String body = """
                {"event_id":"%s"}
                {"type":"event"}
                {"message":"card 4111 1111 1111 1111","extra":{"password":"hunter2"},"user":{"id":"7"}}
                """.formatted(ID);

        IngestedEnvelope envelope =
                PIPELINE.process(RecordedEnvelopesTest.raw(body.getBytes(UTF_8), null, Endpoint.ENVELOPE));

        assertThat(event(envelope).payloadJson()).doesNotContain("4111", "hunter2");
        assertThat(event(envelope).title()).isEqualTo("card [card]");
        assertThat(event(envelope).attributes().userHash()).isNotNull();
    }

    private static NewEvent event(IngestedEnvelope envelope) {
        return envelope.items().stream()
                .flatMap(item -> item.rows().stream())
                .filter(NewEvent.class::isInstance)
                .map(NewEvent.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsLargerThanALimitOrPackedOnceMoreIsLeftAndAllElseBecomesTheSame() {
        byte[] body = "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{}\n"
                .formatted(ID)
                .getBytes(UTF_8);
        RawEnvelope raw = RecordedEnvelopesTest.raw(body, null, Endpoint.ENVELOPE);
        RawEnvelope packed =
                RecordedEnvelopesTest.raw("eJyrVkotS80rUbJSqq0FACkBBXg=".getBytes(UTF_8), null, Endpoint.STORE);
        RawEnvelope json = RecordedEnvelopesTest.raw("{}".getBytes(UTF_8), null, Endpoint.STORE);

        assertThat(PIPELINE.processWithin(raw, body.length).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(PIPELINE.process(raw));
        assertThat(PIPELINE.processWithin(raw, body.length - 1)).isEmpty();
        assertThat(PIPELINE.processWithin(packed, 1_000)).isEmpty();
        assertThat(PIPELINE.processWithin(json, 1_000)).isPresent();
        assertThat(PIPELINE.processWithin(gzipped(" ".repeat(5_000)), 1_000)).isEmpty();
        // Over the limit of the pipeline, whatever is asked for.
        assertThat(PIPELINE.processWithin(gzipped(" ".repeat(10_001)), 20_000))
                .hasValueSatisfying(envelope -> assertThat(reasonOf(envelope)).isEqualTo(DropReason.TOO_LARGE));
    }

    private static RawEnvelope gzipped(String body) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RecordedEnvelopesTest.raw(bytes.toByteArray(), "gzip", Endpoint.ENVELOPE);
    }

    private static RawEnvelope limited(RawEnvelope raw, Set<DataCategory> categories) {
        RawEnvelope.Receipt receipt = raw.receipt();
        return new RawEnvelope(
                new RawEnvelope.Receipt(
                        receipt.id(),
                        receipt.projectId(),
                        receipt.publicKey(),
                        receipt.receivedAt(),
                        receipt.endpoint(),
                        receipt.eventId(),
                        receipt.contentEncoding(),
                        receipt.contentType(),
                        receipt.client(),
                        receipt.remoteAddress(),
                        receipt.userAgent(),
                        receipt.origin(),
                        receipt.query(),
                        receipt.slug(),
                        categories),
                raw.body());
    }

    private static IngestedEnvelope envelope(String body, String encoding) {
        return PIPELINE.process(RecordedEnvelopesTest.raw(body.getBytes(UTF_8), encoding, Endpoint.ENVELOPE));
    }

    private static NewEvent event(IngestedItem item) {
        return item.rows(NewEvent.class).getFirst();
    }

    private static DropReason reasonOf(IngestedEnvelope envelope) {
        return ((Outcome.Dropped) envelope.outcome()).reason();
    }

    private static DropReason reasonOf(IngestedItem item) {
        return ((Outcome.Dropped) item.outcome()).reason();
    }
}
