package dev.resentry.processor.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.storage.ingest.IngestedEnvelope;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/** An event that cannot be made readable because the database is away comes again; it is no dead letter. */
class DatabaseAwayTest {
    private static final String EVENT = "{}\n{\"type\":\"event\"}\n{\"message\":\"boom\"}\n";

    private static IngestedEnvelope process(DataAccessException fault) {
        var pipeline = new EnvelopePipeline(
                new BoundedDecoder(10_000),
                new EnvelopeReader(EnvelopeLimits.DEFAULT),
                List.of(new EventHandler(10_000, 10, (_, _) -> {
                    throw fault;
                })));
        return pipeline.process(RecordedEnvelopesTest.raw(EVENT.getBytes(UTF_8), null, Endpoint.ENVELOPE));
    }

    @Test
    void theEnvelopeComesAgain() {
        var away = new DataAccessResourceFailureException("no connection");

        assertThatThrownBy(() -> process(away)).isSameAs(away);
    }

    @Test
    void whatTheDatabaseRefusesWouldBeRefusedAgain() {
        IngestedEnvelope envelope =
                process(new DataIntegrityViolationException("refused", new SQLException("bad text", "22021")));

        assertThat(envelope.items().getFirst().outcome()).isInstanceOf(Outcome.Dropped.class);
    }
}
