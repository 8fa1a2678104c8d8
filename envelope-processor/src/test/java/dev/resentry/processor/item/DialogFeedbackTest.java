package dev.resentry.processor.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.processor.item.feedback.FeedbackHandler;
import dev.resentry.storage.feedback.NewFeedback;
import dev.resentry.storage.ingest.IngestedItem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people write in the dialog after an error, as the gateway keeps it. */
class DialogFeedbackTest {
    private static final EventId EVENT =
            EventId.parse("9ec79c33ec9942ab8353589fcb2e04dc").orElseThrow();
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final EnvelopePipeline PIPELINE = new EnvelopePipeline(
            new BoundedDecoder(100_000),
            new EnvelopeReader(EnvelopeLimits.DEFAULT),
            List.of(new FeedbackHandler(100_000)));

    @Test
    void itIsAboutTheEventThatTheReceiptNamesAndComesOfABrowserAndNoSdk() {
        NewFeedback feedback = feedback("name=Ada&email=ada%40example.com&comments=It+broke");

        assertThat(feedback.source()).isEqualTo("crash_dialog");
        assertThat(feedback.aboutEvent()).isEqualTo(EVENT);
        assertThat(feedback.eventId()).isNotEqualTo(EVENT);
        assertThat(feedback.message()).isEqualTo("It broke");
        assertThat(feedback.name()).isEqualTo("Ada");
        assertThat(feedback.email()).isEqualTo("ada@example.com");
        assertThat(feedback.sdkName()).isNull();
        assertThat(feedback.tagsJson()).contains("Firefox 140");
    }

    @Test
    void whoSendsTheSameTwiceSaidItOnce() {
        assertThat(feedback("comments=It+broke").eventId())
                .isEqualTo(feedback("comments=It%20broke&name=").eventId())
                .isNotEqualTo(feedback("comments=It+broke&name=Bob").eventId());
    }

    private static NewFeedback feedback(String form) {
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        var receipt = new RawEnvelope.Receipt(
                EnvelopeId.at(now),
                new ProjectId(1),
                PublicKey.parse("a".repeat(32)).orElseThrow(),
                now,
                Endpoint.ERROR_PAGE,
                EVENT,
                null,
                "application/x-www-form-urlencoded",
                FIREFOX,
                null,
                FIREFOX,
                "https://shop.example",
                null,
                null,
                Set.of());
        IngestedItem item = PIPELINE.process(new RawEnvelope(receipt, form.getBytes(UTF_8)))
                .items()
                .getFirst();
        return item.rows(NewFeedback.class).getFirst();
    }
}
