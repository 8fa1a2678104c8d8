package dev.resentry.query.dashboard;

import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Widgets as they are stored. What a later release adds to one is passed over by this one. */
final class WidgetsJson {
    private static final TypeReference<List<DashboardWidget>> WIDGETS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private WidgetsJson() {}

    static String write(List<DashboardWidget> widgets) {
        return JSON.writeValueAsString(widgets);
    }

    static List<DashboardWidget> read(String json) {
        return JSON.readValue(json, WIDGETS);
    }
}
