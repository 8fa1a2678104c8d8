package dev.resentry.conversion;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeHeader;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeParse;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.envelope.StoreBody;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.DropReason;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts the decoded body of any route into an envelope. Safe to share between threads. */
public final class EnvelopeConversion {
    private final EnvelopeReader reader;
    private final BoundedDecoder decoder;

    /** @param decoder decompresses what is compressed inside a body, such as a minidump */
    public EnvelopeConversion(EnvelopeReader reader, BoundedDecoder decoder) {
        this.reader = reader;
        this.decoder = decoder;
    }

    /** Converts a body after its content encoding was decoded. */
    public Conversion convert(ConversionContext arrival, byte[] content) {
        int limit = limit(arrival.endpoint());
        if (content.length > limit) {
            return new Conversion.Rejected(
                    DropReason.TOO_LARGE, "%d decoded bytes (limit: %d)".formatted(content.length, limit));
        }
        try {
            return switch (arrival.endpoint()) {
                case ENVELOPE, IMPORT -> framed(content);
                case STORE ->
                    items(List.of(EnvelopeItem.of(
                            ItemHeader.of(ItemType.Known.EVENT), StoreBody.eventJson(content, decoder))));
                case SECURITY -> items(SecurityReports.items(json(content), arrival));
                case NEL -> items(NetworkErrors.items(content));
                case MINIDUMP, UNREAL -> CrashReports.convert(arrival, content, decoder);
                case ATTACHMENTS -> items(FormFiles.attachments(FormFiles.parts(arrival.contentType(), content)));
                case CRON -> items(List.of(CheckIns.item(arrival, content)));
                case ERROR_PAGE -> items(List.of(UserReports.item(content)));
                case OTLP_TRACES -> items(OtlpTraces.items(isJson(arrival), content));
                case OTLP_LOGS -> items(OtlpLogs.items(isJson(arrival), content));
                case ERROR_REPORT -> items(List.of(Reports.error(object(content), arrival)));
                case EVENT_REPORT -> items(List.of(Reports.event(object(content), arrival)));
                case SESSION_REPORT -> items(List.of(Reports.session(object(content), arrival)));
            };
        } catch (RejectedBodyException e) {
            return new Conversion.Rejected(e.reason(), String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            return new Conversion.Rejected(DropReason.INVALID_JSON, e.getOriginalMessage());
        }
    }

    /** Whether a decoded body may hold more than its size says, because something in it is compressed once more. */
    public static boolean unpacks(Endpoint endpoint, byte[] content) {
        return endpoint == Endpoint.MINIDUMP || (endpoint == Endpoint.STORE && StoreBody.isPacked(content));
    }

    /** A body that is parsed into a tree or decompressed again needs many times its size (ingest protocol, section 1.1). */
    private static int limit(Endpoint endpoint) {
        return switch (endpoint) {
            case ENVELOPE, IMPORT, MINIDUMP, UNREAL, ATTACHMENTS -> Integer.MAX_VALUE;
            case STORE, NEL, OTLP_TRACES, OTLP_LOGS -> 12 * 1024 * 1024;
            case SECURITY, CRON, ERROR_PAGE, ERROR_REPORT, EVENT_REPORT, SESSION_REPORT -> 1024 * 1024;
        };
    }

    private Conversion framed(byte[] content) {
        return switch (reader.read(content)) {
            case EnvelopeParse.Malformed malformed ->
                new Conversion.Rejected(DropReason.INVALID_ENVELOPE, malformed.toString());
            case EnvelopeParse.Parsed(Envelope envelope) -> new Conversion.Converted(envelope);
        };
    }

    static Conversion items(List<EnvelopeItem> items) {
        return new Conversion.Converted(new Envelope(EnvelopeHeader.of(null, null, null), items));
    }

    /** An item of a type, with the JSON as its payload. */
    static EnvelopeItem item(ItemType type, JsonNode payload) {
        return EnvelopeItem.of(ItemHeader.of(type), Payload.of(Json.bytes(payload)));
    }

    private static JsonNode json(byte[] content) {
        return UntrustedJson.WITH_NON_NUMBERS.tree(content, 0, content.length);
    }

    private static ObjectNode object(byte[] content) {
        if (json(content) instanceof ObjectNode object) {
            return object;
        }
        throw new RejectedBodyException(DropReason.INVALID_JSON, "expected a JSON object");
    }

    private static boolean isJson(ConversionContext arrival) {
        return arrival.contentType() != null
                && arrival.contentType().strip().toLowerCase(Locale.ROOT).startsWith("application/json");
    }
}
