package dev.resentry.query.dashboard;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.dashboard.DashboardDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dashboard is to be.
 *
 * @param shared whether everybody in the organization sees it; else only who made it
 * @param widgets what it shows; none of them lies on another one
 * @param revision that of the dashboard that is changed; of no use to a new one
 */
@Schema(name = "SavedDashboardSettings")
record SavedDashboardRequest(
        @NotBlank @Size(max = 100) String name,
        @Nullable @Size(max = 500) String description,
        @NotNull Boolean shared,
        @NotNull @Size(max = MAX_WIDGETS) List<@NotNull @Valid DashboardWidget> widgets,
        @Nullable @Min(1) Long revision) {
    private static final int MAX_WIDGETS = 40;

    /** @throws ApiException if a widget is none */
    DashboardDraft draft() {
        WidgetRules.require(widgets);
        return new DashboardDraft(
                name.strip(),
                description == null || description.isBlank() ? null : description.strip(),
                shared,
                WidgetsJson.write(widgets));
    }
}
