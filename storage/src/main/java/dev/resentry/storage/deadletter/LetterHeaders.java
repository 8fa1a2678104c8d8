package dev.resentry.storage.deadletter;

import dev.resentry.storage.ingest.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The headers of a record as the column {@code headers} has them: a list of name and value, the value in base64. */
final class LetterHeaders {
    private static final JsonMapper JSON = JsonMapper.shared();

    private LetterHeaders() {}

    /** The values are bytes of any kind, so they stand in base64; jsonb cannot hold the character NUL, which a name may have. */
    static String write(List<SourceRecord.Header> headers) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (SourceRecord.Header header : headers) {
            list.addObject().put("name", header.name().replace('\0', '\ufffd')).put("value", header.value());
        }
        return list.toString();
    }

    static List<SourceRecord.Header> read(String json) {
        List<SourceRecord.Header> headers = new ArrayList<>();
        for (JsonNode header : JSON.readTree(json)) {
            JsonNode value = header.path("value");
            headers.add(new SourceRecord.Header(
                    header.path("name").asString(), value.isString() ? value.binaryValue() : null));
        }
        return headers;
    }
}
