package dev.resentry.model.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that came from senders. */
public final class SenderJson {
    private SenderJson() {}

    public static JsonNode readTree(byte[] json) {
        return JsonMapper.shared().readTree(json);
    }
}
