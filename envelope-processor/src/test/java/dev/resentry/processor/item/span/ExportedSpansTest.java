package dev.resentry.processor.item.span;

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
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.span.NewSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an exporter of OpenTelemetry sends becomes the same rows as the spans of SDKs. */
class ExportedSpansTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final EnvelopePipeline PIPELINE = new EnvelopePipeline(
            new BoundedDecoder(100_000), new EnvelopeReader(EnvelopeLimits.DEFAULT), List.of(new SpanHandler()));

    @Test
    void spansOfAnExportBecomeRows() {
        String export = """
                {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "cart"}}]},
                  "scopeSpans": [{"spans": [
                    {"traceId": "4c79f60c11214eb38604f4ae0781bfb2", "spanId": "b01b9f6349558cd1", "name": "GET /cart", "kind": 2,
                     "startTimeUnixNano": "1795175940000000000", "endTimeUnixNano": "1795175941250000000", "status": {"code": 2}}]}]}]}
                """;

        IngestedItem item = PIPELINE.process(new RawEnvelope(
                        new RawEnvelope.Receipt(
                                EnvelopeId.at(NOW),
                                new ProjectId(1),
                                new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                                NOW,
                                Endpoint.OTLP_TRACES,
                                null,
                                null,
                                "application/json",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Set.of()),
                        export.getBytes(UTF_8)))
                .items()
                .getFirst();

        assertThat(item.outcome()).isEqualTo(new Outcome.Stored());
        assertThat(item.rows(NewSpan.class)).singleElement().satisfies(span -> {
            assertThat(span.spanId()).isEqualTo("b01b9f6349558cd1");
            assertThat(span.description()).isEqualTo("GET /cart");
            assertThat(span.status()).isEqualTo("error");
            assertThat(span.segment()).isTrue();
            assertThat(span.transactionId()).isNull();
            assertThat(Duration.between(span.startedAt(), span.endedAt())).isEqualTo(Duration.ofMillis(1250));
            assertThat(span.dataJson()).isEqualTo("{\"service.name\":\"cart\"}");
            assertThat(span.otherJson()).isEqualTo("{\"kind\":\"server\"}");
        });
    }
}
