package dev.resentry.query.project;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.project.ProjectProcessing;
import dev.resentry.storage.project.ProjectProcessingStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Of how many events of an issue and a day a project keeps the payload. */
@NativeApi
@Tag(name = "Projects")
class StorageCapController {
    private final ProjectProcessingStore processing;
    private final ProjectAccess access;
    private final AuditLog audit;

    StorageCapController(ProjectProcessingStore processing, ProjectAccess access, AuditLog audit) {
        this.processing = processing;
        this.access = access;
        this.audit = audit;
    }

    /**
     * The cap of a project.
     *
     * @param payloadsPerIssuePerDay of an issue and a UTC day of arrival, the first events are kept, as many as this; the others are
     *     counted; null if all are kept
     * @param revision of the project's cap, filters, rules and settings of scrubbing together; 0 before the first change
     * @param updatedBy the e-mail address of who changed one of them last
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record StorageCap(
            @Nullable Integer payloadsPerIssuePerDay,
            long revision,
            @Nullable Instant updatedAt,
            @Nullable String updatedBy) {
        private static final StorageCap NONE = new StorageCap(null, 0, null, null);

        private static StorageCap of(ProjectProcessing stored) {
            return new StorageCap(
                    stored.payloadsPerIssuePerDay(), stored.revision(), stored.updatedAt(), stored.updatedBy());
        }

        private Map<String, @Nullable Integer> setting() {
            return Collections.singletonMap("payloads_per_issue_per_day", payloadsPerIssuePerDay);
        }
    }

    /**
     * Another cap.
     *
     * @param payloadsPerIssuePerDay null to keep all
     * @param revision that of the cap that it replaces
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record StorageCapChange(
            @Nullable @Min(1) @Max(1_000_000) Integer payloadsPerIssuePerDay,
            @NotNull @Min(0) Long revision) {}

    @GetMapping("/api/v1/projects/{id}/storage-cap")
    @Allowed(Scope.PROJECT_READ)
    StorageCap get(@PathVariable long id, Actor actor) {
        access.require(actor, id);
        return answer(processing.find(id));
    }

    /** Replaces the cap; holds for events that are stored from now on. What is stored stays as it is. */
    @PutMapping("/api/v1/projects/{id}/storage-cap")
    @Allowed(Scope.PROJECT_WRITE)
    StorageCap replace(@PathVariable long id, @Valid @RequestBody StorageCapChange change, Actor actor) {
        access.require(actor, id);
        StorageCap before = answer(processing.find(id));
        return audit.inTransaction(() -> {
            StorageCap after = processing
                    .replacePayloadCap(id, change.payloadsPerIssuePerDay(), change.revision(), actor.email())
                    .map(StorageCap::of)
                    .orElseThrow(() -> ApiException.conflict(
                            "revision",
                            "%d is not the latest any more; read the cap again".formatted(change.revision())));
            audit.record(
                    actor,
                    "project.storage_cap_changed",
                    new AuditLog.Target("project", id, ""),
                    before.setting(),
                    after.setting());
            return after;
        });
    }

    private static StorageCap answer(Optional<ProjectProcessing> stored) {
        return stored.map(StorageCap::of).orElse(StorageCap.NONE);
    }
}
