package dev.resentry.gateway.report;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.json.UntrustedJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of one of our own doors, or of a check-in: a JSON object of bounded size. */
public sealed interface ReportBody {
    /** The most bytes such a body has, decoded. */
    int MAX_BYTES = 1024 * 1024;

    record Report(ObjectNode json) implements ReportBody {}

    record TooLarge() implements ReportBody {}

    /** Not JSON, or no object; the cause names the position. */
    record Malformed(String cause) implements ReportBody {}

    static ReportBody read(ContentEncoding encoding, byte[] body) {
        return switch (new BoundedDecoder(MAX_BYTES).decode(encoding, body)) {
            case Decoded.TooLarge _ -> new TooLarge();
            case Decoded.Malformed(String format, long offset, String cause) ->
                new Malformed("not valid %s after %d decoded bytes: %s".formatted(format, offset, cause));
            case Decoded.Content(byte[] content) -> parse(content);
        };
    }

    private static ReportBody parse(byte[] content) {
        try {
            JsonNode json = UntrustedJson.STRICT.tree(content, 0, content.length);
            return json instanceof ObjectNode object ? new Report(object) : new Malformed("expected a JSON object");
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            return new Malformed(
                    at == null
                            ? e.getOriginalMessage()
                            : "line %d, column %d: %s"
                                    .formatted(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()));
        }
    }
}
