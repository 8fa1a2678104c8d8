package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.DropReason;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Splits a NEL body into reports; each becomes an item with the bytes that it has in the body (ingest protocol, section 2.6). */
final class NetworkErrors {
    private static final int MAX_REPORTS = 1_000;

    private NetworkErrors() {}

    static List<EnvelopeItem> items(byte[] content) {
        List<EnvelopeItem> items = new ArrayList<>();
        try (JsonParser parser = UntrustedJson.WITH_NON_NUMBERS.parser(content, 0, content.length)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (parser.currentToken() == JsonToken.START_OBJECT) {
                        items.add(report(parser, content));
                    } else {
                        parser.skipChildren();
                    }
                    if (items.size() > MAX_REPORTS) {
                        throw new RejectedBodyException(
                                DropReason.TOO_LARGE, "more than %d reports".formatted(MAX_REPORTS));
                    }
                }
                if (parser.nextToken() != null) {
                    throw new RejectedBodyException(DropReason.INVALID_JSON, "something stands behind the list");
                }
            }
        }
        if (items.isEmpty()) {
            throw new RejectedBodyException(DropReason.INVALID_ITEM, "expected a list of reports");
        }
        return items;
    }

    private static EnvelopeItem report(JsonParser parser, byte[] content) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return EnvelopeItem.of(ItemHeader.of(ItemType.Known.NEL), new Payload(content, start, end - start));
    }
}
