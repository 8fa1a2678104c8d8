package dev.resentry.query.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Ready-made dashboards to begin with: files of the jar. */
final class DashboardTemplates {
    private static final List<String> NAMES = List.of("errors", "releases", "endpoints");

    private DashboardTemplates() {}

    static List<DashboardTemplateController.DashboardTemplate> read() {
        return NAMES.stream().map(DashboardTemplates::read).toList();
    }

    private static DashboardTemplateController.DashboardTemplate read(String name) {
        String file = "/dashboards/" + name + ".json";
        try (InputStream json = DashboardTemplates.class.getResourceAsStream(file)) {
            if (json == null) {
                throw new IllegalStateException("no such file in the jar: " + file);
            }
            var template = JsonMapper.shared().readValue(json, DashboardTemplateController.DashboardTemplate.class);
            WidgetRules.require(template.widgets());
            return template;
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
