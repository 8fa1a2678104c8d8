package dev.resentry.model.envelope;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.event.EventId;
import java.util.Base64;
import java.util.Optional;

/**
 * The body of the old store endpoint: the JSON of an event, or base64 of it, or base64 of it in zlib (ingest protocol,
 * section 4).
 */
public final class StoreBody {
    private StoreBody() {}

    /**
     * The event id that a body of any form has, wherever it stands in it; empty if it has none that is one, or cannot be decoded
     * within the decoder's bound.
     */
    public static Optional<EventId> eventId(ContentEncoding encoding, byte[] body, BoundedDecoder decoder) {
        return decoder.decode(encoding, body) instanceof Decoded.Content(byte[] content)
                ? EnvelopePreview.eventIdOf(eventJson(content, decoder))
                : Optional.empty();
    }

    /** The event's JSON; what is none of the three forms is handed on as it is, for the JSON reader to say what it is. */
    public static Payload eventJson(byte[] content, BoundedDecoder decoder) {
        int start = start(content);
        if (!isPacked(content, start)) {
            return new Payload(content, start, content.length - start);
        }
        try {
            byte[] decoded = Base64.getMimeDecoder().decode(content);
            if (decoded.length == 0 || decoded[0] == '{') {
                return Payload.of(decoded);
            }
            return decoder.decode(ContentEncoding.DEFLATE, decoded) instanceof Decoded.Content(byte[] json)
                    ? Payload.of(json)
                    : Payload.of(content);
        } catch (IllegalArgumentException _) {
            return Payload.of(content);
        }
    }

    /** Whether a body may be base64 of something that is compressed, rather than the JSON itself. */
    public static boolean isPacked(byte[] content) {
        return isPacked(content, start(content));
    }

    private static boolean isPacked(byte[] content, int start) {
        return start < content.length && content[start] != '{';
    }

    private static int start(byte[] content) {
        int start = 0;
        while (start < content.length && content[start] <= ' ' && content[start] >= 0) {
            start++;
        }
        return start;
    }
}
