package dev.resentry.query.organization;

import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.audit.AuditEntry;
import dev.resentry.storage.audit.AuditStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** What people changed, the newest first. */
@NativeApi
@Tag(name = "Organization")
class AuditLogController {
    private final AuditStore store;
    private final JsonMapper json;

    AuditLogController(AuditStore store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /**
     * A change that someone made.
     *
     * @param via session, jwt, api_token, link, job, command_line, or system for what no person did
     * @param objectName as it was called then
     * @param before what was so before; null if there is nothing to tell
     * @param after what is so since; null if there is nothing to tell
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "AuditEntry")
    record AuditEntryResponse(
            long id,
            Instant at,
            AuditActor actor,
            String via,
            @Nullable String ipAddress,
            String action,
            String objectType,
            String objectId,
            String objectName,

            @Schema(type = "object") @Nullable Object before,
            @Schema(type = "object") @Nullable Object after) {}

    /** Who made it; without an id it was the command line. */
    @Schema(name = "AuditActor")
    record AuditActor(@Nullable Long id, String email) {}

    /**
     * Lists changes.
     *
     * @param action only these, such as project.changed
     * @param userId only those of this user
     */
    @GetMapping("/api/v1/audit-log")
    @Allowed(Scope.ORG_WRITE)
    PageResponse<AuditEntryResponse> list(
            @RequestParam @Nullable String action,
            @RequestParam(name = "user_id") @Nullable Long userId,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit) {
        return PageResponse.of(
                store.list(action, userId, Cursor.beforeId(cursor), Cursor.limit(limit)),
                this::answer,
                last -> Cursor.write(last.entry().at(), last.id()));
    }

    private AuditEntryResponse answer(AuditStore.Stored stored) {
        AuditEntry entry = stored.entry();
        return new AuditEntryResponse(
                stored.id(),
                entry.at(),
                new AuditActor(entry.userId(), entry.userEmail()),
                entry.via(),
                entry.ipAddress(),
                entry.action(),
                entry.objectType(),
                entry.objectId(),
                entry.objectName(),
                tree(entry.beforeJson()),
                tree(entry.afterJson()));
    }

    private @Nullable JsonNode tree(@Nullable String text) {
        if (text == null) {
            return null;
        }
        // A list has a name, so that both are always objects.
        JsonNode tree = json.readTree(text);
        return tree.isArray() ? json.createObjectNode().set("list", tree) : tree;
    }
}
