package dev.resentry.processor.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.processing.filter.FilterSettingsJson;
import dev.resentry.processing.filter.InboundFilters;
import dev.resentry.processor.item.attachment.AttachmentHandler;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.processor.item.transaction.TransactionHandler;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the items of an envelope of which a project does not want the event. */
class FilteredItemsTest {
    private static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";
    private static final ProjectRules RULES = new ProjectRules(
            new InboundFilters(
                    FilterSettingsJson.read(
                            "{\"environments\": [\"dev\"], \"error_messages\": [\"unwanted*\", \"Invalid Minidump*\", \"Fatal Error*\"]}")),
            ProjectRules.DEFAULT.scrubber(),
            ProjectRules.DEFAULT.grouping(),
            ProjectRules.DEFAULT.formerUntil());
    private static final EnvelopePipeline PIPELINE = new EnvelopePipeline(
            new BoundedDecoder(10_000),
            new EnvelopeReader(EnvelopeLimits.DEFAULT),
            List.of(new EventHandler(500, 2), new AttachmentHandler(), new TransactionHandler(1_000)),
            _ -> RULES);

    @Test
    void anEventThatMeetsAFilterIsFilteredByItsName() {
        IngestedEnvelope envelope = envelope("""
                {"type":"event"}
                {"message":"unwanted"}
                """);

        assertThat(envelope.outcome()).isEqualTo(new Outcome.Stored());
        assertThat(envelope.items()).singleElement().satisfies(item -> {
            assertThat(item.outcome()).isEqualTo(new Outcome.Filtered(InboundFilter.ERROR_MESSAGE));
            assertThat(item.eventId()).isEqualTo(EventId.parse(ID).orElseThrow());
            assertThat(item.rows()).isEmpty();
        });
    }

    @Test
    void itsPartsShareItsFateAndOthersDoNot() {
        IngestedEnvelope envelope = envelope("""
                {"type":"attachment","filename":"in-front.txt"}
                text
                {"type":"event"}
                {"message":"unwanted"}
                {"type":"attachment","filename":"behind.txt"}
                text
                {"type":"user_report"}
                {"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","comments":"It broke"}
                {"type":"session"}
                {}
                {"type":"client_report"}
                {}
                """);

        assertThat(envelope.items())
                .extracting(item -> item.outcome().wireName())
                .containsExactly("filtered", "filtered", "filtered", "filtered", "stored", "stored");
        assertThat(envelope.items())
                .filteredOn(item -> item.outcome() instanceof Outcome.Filtered)
                .allSatisfy(item -> assertThat(item.outcome().reasonName()).isEqualTo("error-message"))
                .flatExtracting(IngestedItem::rows)
                .isEmpty();
    }

    @Test
    void partsStayWithAnEventThatIsWanted() {
        IngestedEnvelope envelope = envelope("""
                {"type":"event"}
                {"message":"unwanted"}
                {"type":"event"}
                {"message":"wanted"}
                {"type":"attachment","filename":"a.txt"}
                text
                """);

        assertThat(envelope.items())
                .extracting(item -> item.outcome().wireName())
                .containsExactly("filtered", "stored", "stored");
    }

    @Test
    void theDumpOfACrashThatNobodyWantsIsFilteredToo() {
        IngestedEnvelope envelope = envelope("""
                {"type":"attachment","attachment_type":"event.minidump","filename":"a.dmp"}
                MDMP
                {"type":"attachment","filename":"log.txt"}
                text
                """);

        assertThat(envelope.items())
                .extracting(IngestedItem::outcome)
                .containsOnly(new Outcome.Filtered(InboundFilter.ERROR_MESSAGE));
    }

    @Test
    void transactionsAreFilteredWithTheirSpans() {
        IngestedEnvelope envelope = envelope("""
                {"type":"transaction"}
                {"transaction":"GET /","environment":"dev","start_timestamp":1795175940,"timestamp":1795175941,"contexts":\
                {"trace":{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"fa90fdead5f74052"}}}
                """);

        assertThat(envelope.items()).singleElement().satisfies(item -> {
            assertThat(item.outcome()).isEqualTo(new Outcome.Filtered(InboundFilter.ENVIRONMENT));
            assertThat(item.rows()).isEmpty();
        });
    }

    private static IngestedEnvelope envelope(String items) {
        byte[] body = "{\"event_id\":\"%s\"}\n%s".formatted(ID, items).getBytes(UTF_8);
        return PIPELINE.process(RecordedEnvelopesTest.raw(body, null, Endpoint.ENVELOPE));
    }
}
