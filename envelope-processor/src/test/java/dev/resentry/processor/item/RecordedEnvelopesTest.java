package dev.resentry.processor.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.session.SessionHealth;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.processor.item.session.SessionHandler;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.session.NewSession;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envelopes that unmodified SDKs sent to Resentry (OfficialSdkIT records them anew), as they came. */
class RecordedEnvelopesTest {
    private static final EnvelopePipeline PIPELINE = new EnvelopePipeline(
            new BoundedDecoder(1_000_000),
            new EnvelopeReader(EnvelopeLimits.DEFAULT),
            List.of(new EventHandler(1_000_000, 10), new SessionHandler()));

    @ParameterizedTest
    @CsvSource({
        "java/exception,gzip,IllegalStateException: Checkout failed,error,java",
        "java/attachment,gzip,UnsupportedOperationException: with an attachment,error,java",
        "java/message,gzip,Java says hello,warning,java",
        "node/exception,,Error: Checkout failed,error,node",
        "node/attachment,,TypeError: with an attachment,error,node",
        "node/message,,Node says hello,warning,node"
    })
    void anEventHasItsSummaryColumns(String file, String encoding, String title, String level, String platform)
            throws IOException {
        IngestedEnvelope envelope = process(file, encoding);

        NewEvent event = envelope.items().getFirst().rows(NewEvent.class).getFirst();
        assertThat(event.title()).isEqualTo(title);
        assertThat(event.level()).isEqualTo(level);
        assertThat(event.platform()).isEqualTo(platform);
        assertThat(event.release()).isEqualTo("shop@1.4.2");
        assertThat(event.environment()).isEqualTo("staging");
        assertThat(event.tags()).containsEntry("role", "admin");
        assertThat(event.id()).isEqualTo(envelope.eventId());
    }

    /** The hashes of the strategy before are in databases: by them the issues are found that it made. */
    @ParameterizedTest
    @CsvSource({
        "java/exception,gzip,e3f230e9290ce66a6a8900e82d8cd92d",
        "java/attachment,gzip,5e4682b2667cd94c1ee63a84c580cbd5",
        "java/message,gzip,f5195732fa4a7f630e16f2efec81a479",
        "node/exception,,89f48371b0b96be4c8f58c8089aae5c1",
        "node/attachment,,2afffc48721aa38a5d5d8719f3016bd5",
        "node/message,,d11eeb656dad1611d38dd5bc2f48b27e"
    })
    void anEventIsKnownByTheHashThatItHadBefore(String file, String encoding, String hash) throws IOException {
        NewEvent event =
                process(file, encoding).items().getFirst().rows(NewEvent.class).getFirst();

        assertThat(event.otherHashes()).contains(new GroupingHash("resentry:2026-11-20", hash));
    }

    @ParameterizedTest
    @CsvSource({"java/attachment,gzip", "node/attachment,"})
    void anAttachmentIsAnItemBesideItsEvent(String file, String encoding) throws IOException {
        IngestedEnvelope envelope = process(file, encoding);

        assertThat(envelope.items())
                .extracting(item -> item.header().type().wireName())
                .containsExactly("event", "attachment");
        assertThat(envelope.items().getLast().header().filename()).isEqualTo("cart.txt");
        assertThat(envelope.items().getLast().payloadLength()).isEqualTo("three items".length());
        assertThat(envelope.items().getLast().eventId()).isEqualTo(envelope.eventId());
    }

    @Test
    void aSessionSaysWhereItCountsAndHowItWent() throws IOException {
        IngestedEnvelope envelope = process("node/sessions", null);

        assertThat(envelope.items()).singleElement().satisfies(item -> {
            assertThat(item.header().type().wireName()).isEqualTo("session");
            assertThat(item.outcome()).isEqualTo(new Outcome.Stored());
            assertThat(item.rows(NewSession.Update.class)).singleElement().satisfies(session -> {
                assertThat(session.release()).isEqualTo("shop@1.4.2");
                assertThat(session.environment()).isEqualTo("staging");
                assertThat(session.startedAt()).isEqualTo("2026-11-21T00:07:50.877Z");
                assertThat(session.health()).isEqualTo(SessionHealth.ERRORED);
                assertThat(session.starts()).isFalse();
                assertThat(session.duration()).isEqualTo(Duration.ofMillis(163));
            });
        });
    }

    private static IngestedEnvelope process(String file, String encoding) throws IOException {
        try (InputStream in =
                RecordedEnvelopesTest.class.getResourceAsStream("/recorded/%s.envelope".formatted(file))) {
            IngestedEnvelope envelope = PIPELINE.process(raw(in.readAllBytes(), encoding, Endpoint.ENVELOPE));
            assertThat(envelope.outcome()).isEqualTo(new Outcome.Stored());
            return envelope;
        }
    }

    static RawEnvelope raw(byte[] body, String encoding, Endpoint endpoint) {
        Instant at = Instant.parse("2026-11-21T00:10:00Z");
        var receipt = new RawEnvelope.Receipt(
                EnvelopeId.at(at),
                new ProjectId(1),
                new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                at,
                endpoint,
                null,
                encoding,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of());
        return new RawEnvelope(receipt, body);
    }
}
