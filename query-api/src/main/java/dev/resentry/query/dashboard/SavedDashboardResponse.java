package dev.resentry.query.dashboard;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.storage.dashboard.StoredDashboard;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A dashboard that somebody put together.
 *
 * @param owner who made it; null if there is no such user any more, or if a program made it
 * @param shared whether everybody in the organization sees it
 * @param editable whether the caller may change it; what is shared is everybody's to work on
 * @param removable whether the caller may delete it and say who sees it
 * @param updatedBy the e-mail address of who changed it last
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "SavedDashboard")
record SavedDashboardResponse(
        long id,
        String name,
        @Nullable String description,
        @Nullable Owner owner,
        boolean shared,
        boolean editable,
        boolean removable,
        List<DashboardWidget> widgets,
        long revision,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy) {

    @Schema(name = "DashboardOwner")
    record Owner(long id, String name) {
        static @Nullable Owner of(StoredDashboard dashboard) {
            StoredDashboard.Owner owner = dashboard.owner();
            return owner == null ? null : new Owner(owner.id(), owner.name());
        }
    }

    /**
     * A dashboard in a list.
     *
     * @param widgets how many it has
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "SavedDashboardSummary")
    record Summary(
            long id,
            String name,
            @Nullable String description,
            @Nullable Owner owner,
            boolean shared,
            boolean editable,
            boolean removable,
            int widgets,
            Instant updatedAt,
            String updatedBy) {
        static Summary of(StoredDashboard dashboard, Actor actor) {
            return new Summary(
                    dashboard.id(),
                    dashboard.draft().name(),
                    dashboard.draft().description(),
                    Owner.of(dashboard),
                    dashboard.draft().isShared(),
                    actor.may(Scope.EVENT_WRITE),
                    mayRemove(dashboard, actor),
                    WidgetsJson.read(dashboard.draft().widgetsJson()).size(),
                    dashboard.updatedAt(),
                    dashboard.updatedBy());
        }
    }

    static SavedDashboardResponse of(StoredDashboard dashboard, Actor actor) {
        return new SavedDashboardResponse(
                dashboard.id(),
                dashboard.draft().name(),
                dashboard.draft().description(),
                Owner.of(dashboard),
                dashboard.draft().isShared(),
                actor.may(Scope.EVENT_WRITE),
                mayRemove(dashboard, actor),
                WidgetsJson.read(dashboard.draft().widgetsJson()),
                dashboard.revision(),
                dashboard.createdAt(),
                dashboard.updatedAt(),
                dashboard.updatedBy());
    }

    private static boolean mayRemove(StoredDashboard dashboard, Actor actor) {
        return actor.may(Scope.EVENT_WRITE) && (dashboard.isOwnedBy(actor.userId()) || actor.may(Scope.ORG_WRITE));
    }
}
