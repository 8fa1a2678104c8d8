package dev.resentry.query.dashboard;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.dashboard.DashboardDraft;
import dev.resentry.storage.dashboard.DashboardStore;
import dev.resentry.storage.dashboard.StoredDashboard;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Dashboards that people put together: those that are shared, and each person's own. */
@NativeApi
@Tag(name = "Saved dashboards")
class SavedDashboardController {
    private static final int MAX_NAME = 100;

    private final DashboardStore dashboards;
    private final AuditLog audit;

    SavedDashboardController(DashboardStore dashboards, AuditLog audit) {
        this.dashboards = dashboards;
        this.audit = audit;
    }

    /**
     * Lists the dashboards that the caller sees, the one changed last first.
     *
     * @param query what their names have in them
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/dashboards")
    @Operation(operationId = "listSavedDashboards")
    PageResponse<SavedDashboardResponse.Summary> list(
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        return PageResponse.of(
                dashboards.list(
                        actor.userId(),
                        query == null || query.isBlank() ? null : query.strip(),
                        Cursor.datedPosition(cursor),
                        Cursor.limit(limit)),
                dashboard -> SavedDashboardResponse.Summary.of(dashboard, actor),
                last -> Cursor.write(last.updatedAt(), last.id()));
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/dashboards/{id}")
    @Operation(operationId = "getSavedDashboard")
    SavedDashboardResponse get(@PathVariable long id, Actor actor) {
        return SavedDashboardResponse.of(one(actor, id), actor);
    }

    /** Adds a dashboard, which is the caller's. A person has at most 200. */
    @Allowed(Scope.EVENT_WRITE)
    @PostMapping("/api/v1/dashboards")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createSavedDashboard")
    SavedDashboardResponse create(@Valid @RequestBody SavedDashboardRequest request, Actor actor) {
        if (request.revision() != null) {
            throw ApiException.invalid("revision", "of no use to a new dashboard (expected: none)");
        }
        return add(request.draft(), actor);
    }

    /** Replaces what is said of a dashboard. Only its owner, or an administrator, changes who sees it. */
    @Allowed(Scope.EVENT_WRITE)
    @PutMapping("/api/v1/dashboards/{id}")
    @Operation(operationId = "updateSavedDashboard")
    SavedDashboardResponse replace(
            @PathVariable long id, @Valid @RequestBody SavedDashboardRequest request, Actor actor) {
        Long revision = request.revision();
        if (revision == null) {
            throw ApiException.invalid("revision", "missing (expected: that of the dashboard as it was read)");
        }
        DashboardDraft draft = request.draft();
        return audit.inTransaction(() -> {
            SavedDashboardResponse before = get(id, actor);
            if (before.shared() != draft.isShared()) {
                requireRemovable(before, "say who sees");
                if (before.owner() == null) {
                    throw ApiException.invalid("shared", "false (expected: true, as the dashboard is nobody's)");
                }
            }
            if (!dashboards.replace(id, draft, revision, actor.email())) {
                throw ApiException.conflict(
                        "revision", "%d is not the latest any more; read the dashboard again".formatted(revision));
            }
            // An administrator may have made it somebody's own, whom alone it is shown to from then on.
            SavedDashboardResponse after = SavedDashboardResponse.of(
                    dashboards.find(id).orElseThrow(() -> ApiException.notFound("dashboard", id)), actor);
            record(actor, "dashboard.changed", after, before, after);
            return after;
        });
    }

    /** Deletes a dashboard. Only its owner, or an administrator, may. */
    @Allowed(Scope.EVENT_WRITE)
    @DeleteMapping("/api/v1/dashboards/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteSavedDashboard")
    void delete(@PathVariable long id, Actor actor) {
        audit.doInTransaction(() -> {
            SavedDashboardResponse before = get(id, actor);
            requireRemovable(before, "delete");
            dashboards.remove(id);
            record(actor, "dashboard.deleted", before, before, null);
        });
    }

    /** @param name that of the copy; absent for {@code Copy of} and the name of the other one */
    record DashboardCopy(@Nullable @Size(max = MAX_NAME) String name) {}

    /** Adds a copy of a dashboard, which is the caller's and not shared. */
    @Allowed(Scope.EVENT_WRITE)
    @PostMapping("/api/v1/dashboards/{id}/duplicate")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "duplicateSavedDashboard")
    SavedDashboardResponse duplicate(@PathVariable long id, @Valid @RequestBody DashboardCopy copy, Actor actor) {
        DashboardDraft draft = one(actor, id).draft();
        String name = copy.name() == null || copy.name().isBlank()
                ? cut("Copy of " + draft.name())
                : copy.name().strip();
        return add(
                new DashboardDraft(name, draft.description(), actor.userId() == Actor.NOBODY, draft.widgetsJson()),
                actor);
    }

    private SavedDashboardResponse add(DashboardDraft draft, Actor actor) {
        boolean isNobody = actor.userId() == Actor.NOBODY;
        if (isNobody && !draft.isShared()) {
            throw ApiException.invalid(
                    "shared", "false (expected: true, as only a person has dashboards of their own)");
        }
        return audit.inTransaction(() -> {
            long id = dashboards
                    .add(draft, isNobody ? null : actor.userId(), actor.email())
                    .orElseThrow(() -> ApiException.conflict(
                            "owner",
                            "there are %d of this owner already, the most there can be"
                                    .formatted(DashboardStore.MOST)));
            SavedDashboardResponse made = get(id, actor);
            record(actor, "dashboard.created", made, null, made);
            return made;
        });
    }

    private StoredDashboard one(Actor actor, long id) {
        return dashboards
                .find(id)
                .filter(dashboard -> dashboard.isVisibleTo(actor.userId()))
                .orElseThrow(() -> ApiException.notFound("dashboard", id));
    }

    private static void requireRemovable(SavedDashboardResponse dashboard, String what) {
        if (!dashboard.removable()) {
            throw ApiException.forbidden(
                    "You may not %s this dashboard (expected: its owner, or scope org:write)".formatted(what));
        }
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME - 1) + "…";
    }

    /** What it says, without what is of its caller or of the moment. */
    private record Recorded(String name, @Nullable String description, boolean shared, List<DashboardWidget> widgets) {
        static @Nullable Recorded of(@Nullable SavedDashboardResponse dashboard) {
            return dashboard == null
                    ? null
                    : new Recorded(dashboard.name(), dashboard.description(), dashboard.shared(), dashboard.widgets());
        }
    }

    private void record(
            Actor actor,
            String action,
            SavedDashboardResponse dashboard,
            @Nullable SavedDashboardResponse before,
            @Nullable SavedDashboardResponse after) {
        audit.record(
                actor,
                action,
                new AuditLog.Target("dashboard", dashboard.id(), dashboard.name()),
                Recorded.of(before),
                Recorded.of(after));
    }
}
