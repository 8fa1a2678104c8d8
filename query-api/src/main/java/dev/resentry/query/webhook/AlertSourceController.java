package dev.resentry.query.webhook;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.auth.SecretToken;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.webhook.AlertSource;
import dev.resentry.storage.webhook.AlertSourceStore;
import dev.resentry.storage.webhook.ReceivedAlert;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Other trackers that send their alerts here, and what came of them. */
@NativeApi
@Tag(name = "Webhooks")
class AlertSourceController {
    private final AlertSourceStore sources;
    private final ProjectAccess access;
    private final AuditLog audit;
    private final URI publicUrl;

    AlertSourceController(AlertSourceStore sources, ProjectAccess access, AuditLog audit, URI publicUrl) {
        this.sources = sources;
        this.access = access;
        this.audit = audit;
        this.publicUrl = publicUrl;
    }

    /**
     * A source to be made.
     *
     * @param project the id of the project to whose alerts it adds; null for all
     * @param secret by which the sender signs, if it has one already; else one is made
     */
    @Schema(name = "NewAlertSource")
    record NewAlertSource(
            @NotBlank @Size(max = 100) String name,
            @Nullable Long project,
            @Nullable @Size(min = 16, max = 200) String secret) {}

    /**
     * Another tracker that sends alerts here.
     *
     * @param project the id of the project to whose alerts it adds; null for all
     * @param url to which it sends
     * @param createdBy the e-mail address of who made it
     * @param secret by which it signs, in the answer to its making and never again
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "AlertSource")
    record AlertSourceResponse(
            long id,
            String name,
            @Nullable Long project,
            String url,
            String createdBy,
            Instant createdAt,
            @Nullable Instant lastReceivedAt,
            @Nullable String secret) {}

    /**
     * An alert of another tracker.
     *
     * @param source the id of the source
     * @param sourceName what the source is called
     * @param project the id of the project of the source; null for all
     * @param resource what it is about, in the sender's word
     * @param action what happened, in the sender's word
     * @param url where the sender shows it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ReceivedAlert")
    record ReceivedAlertResponse(
            long id,
            long source,
            String sourceName,
            @Nullable Long project,
            Instant receivedAt,
            String resource,
            String action,
            String title,
            @Nullable String url) {
        static ReceivedAlertResponse of(ReceivedAlert alert) {
            return new ReceivedAlertResponse(
                    alert.id(),
                    alert.sourceId(),
                    alert.source(),
                    alert.projectId(),
                    alert.receivedAt(),
                    alert.resource(),
                    alert.action(),
                    alert.title(),
                    alert.url());
        }
    }

    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/alert-sources")
    List<AlertSourceResponse> list(Actor actor) {
        return sources.list(access.of(actor)).stream()
                .map(source -> answer(source, null))
                .toList();
    }

    /** Makes a source. The answer holds its secret, and nothing else ever does. */
    @Allowed(Scope.ORG_WRITE)
    @PostMapping("/api/v1/alert-sources")
    @ResponseStatus(HttpStatus.CREATED)
    AlertSourceResponse add(@Valid @RequestBody NewAlertSource request, Actor actor) {
        if (request.project() != null) {
            access.require(actor, request.project());
        }
        String given = request.secret();
        String secret = given == null ? SecretToken.random("").text() : given;
        AlertSource added = audit.inTransaction(() -> {
            long id = sources.add(request.name().strip(), request.project(), secret, actor.email())
                    .orElseThrow(() -> ApiException.conflict(
                            "name", "there are %d sources already (expected: fewer)".formatted(AlertSourceStore.MOST)));
            AlertSource made = existing(id);
            audit.record(actor, "alert_source.created", target(made), null, answer(made, null));
            return made;
        });
        return answer(added, secret);
    }

    /** Removes a source with what came of it. */
    @Allowed(Scope.ORG_WRITE)
    @DeleteMapping("/api/v1/alert-sources/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        AlertSource before = existing(id);
        if (!access.of(actor).contains(before.projectId())) {
            throw ApiException.notFound("source", id);
        }
        audit.doInTransaction(() -> {
            sources.remove(id);
            audit.record(actor, "alert_source.deleted", target(before), answer(before, null), null);
        });
    }

    /**
     * What came, the last first.
     *
     * @param project the id of one whose alerts are wanted
     * @param source the id of the source whose alerts are wanted
     */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/received-alerts")
    PageResponse<ReceivedAlertResponse> received(
            @RequestParam @Nullable Long project,
            @RequestParam @Nullable Long source,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        return PageResponse.of(
                sources.received(
                        new AlertSourceStore.Filter(source, project),
                        access.of(actor),
                        Cursor.beforeId(cursor),
                        Cursor.limit(limit)),
                ReceivedAlertResponse::of,
                last -> Cursor.write(last.receivedAt(), last.id()));
    }

    private AlertSource existing(long id) {
        return sources.find(id).orElseThrow(() -> ApiException.notFound("source", id));
    }

    private AlertSourceResponse answer(AlertSource source, @Nullable String secret) {
        return new AlertSourceResponse(
                source.id(),
                source.name(),
                source.projectId(),
                publicUrl.resolve("/webhooks/sentry/" + source.id()).toString(),
                source.createdBy(),
                source.createdAt(),
                source.lastReceivedAt(),
                secret);
    }

    private static AuditLog.Target target(AlertSource source) {
        return new AuditLog.Target("alert_source", source.id(), source.name());
    }
}
