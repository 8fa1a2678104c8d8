package dev.resentry.gateway.endpoint;

import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.event.EventId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request is answered (ingest protocol, sections 1.1 and 1.2). */
sealed interface Answer {

    /** Kept; {@code eventId} is what its event can be found by. */
    record Accepted(@Nullable EventId eventId) implements Answer {}

    /**
     * Not kept.
     *
     * @param detail what is wrong, for people
     * @param causes what led to it, from near to far
     */
    record Refused(int status, String detail, List<String> causes) implements Answer {}

    static Refused refused(int status, String detail, String... causes) {
        return new Refused(status, detail, List.of(causes));
    }

    static Refused tooLarge(long limit) {
        return refused(413, "envelope exceeded size limits", "body is larger than %d bytes".formatted(limit));
    }

    static Refused unsupportedEncoding(String encoding) {
        return refused(
                415,
                "unsupported content encoding '%s'".formatted(encoding),
                "supported: " + ContentEncoding.supported());
    }

    static Refused unavailable(String cause) {
        return refused(503, "the envelope could not be kept; try again later", cause);
    }
}
