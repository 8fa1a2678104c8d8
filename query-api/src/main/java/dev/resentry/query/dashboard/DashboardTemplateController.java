package dev.resentry.query.dashboard;

import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;

/** Dashboards to begin with. */
@NativeApi
@Tag(name = "Saved dashboards")
class DashboardTemplateController {
    private final List<DashboardTemplate> templates;

    DashboardTemplateController(List<DashboardTemplate> templates) {
        this.templates = List.copyOf(templates);
    }

    /** A dashboard to begin with: what it shows is what a new one is sent with. */
    record DashboardTemplate(String name, String description, List<DashboardWidget> widgets) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/dashboard-templates")
    @Operation(operationId = "listDashboardTemplates")
    List<DashboardTemplate> list() {
        return templates;
    }
}
