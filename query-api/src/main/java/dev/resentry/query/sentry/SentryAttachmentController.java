package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.envelope.AttachmentFiles;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.event.AttachmentDownload;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.attachment.StoredAttachment;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Attachments of events. */
@SentryApi
class SentryAttachmentController {
    private static final String ATTACHMENTS = "/api/0/projects/{organization}/{project}/events/{event}/attachments";

    private final EventQueries events;
    private final AttachmentQueries attachments;
    private final AttachmentFiles files;
    private final SentrySelection where;

    SentryAttachmentController(
            EventQueries events, AttachmentQueries attachments, AttachmentFiles files, SentrySelection where) {
        this.events = events;
        this.attachments = attachments;
        this.files = files;
        this.where = where;
    }

    /**
     * An attachment.
     *
     * @param sha1 empty, as it is not kept
     */
    record SentryAttachment(
            String id,
            @JsonProperty("event_id") String eventId,
            String name,
            String type,
            String mimetype,
            long size,
            String sha1,
            Instant dateCreated,
            Map<String, String> headers) {
        static SentryAttachment of(StoredEvent event, StoredAttachment file) {
            return new SentryAttachment(
                    file.id(),
                    event.id().toString(),
                    file.name(),
                    Objects.requireNonNullElse(file.attachmentType(), "event.attachment"),
                    Objects.requireNonNullElse(file.contentType(), "application/octet-stream"),
                    file.size(),
                    "",
                    event.receivedAt(),
                    Map.of());
        }
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping(ATTACHMENTS)
    ResponseEntity<List<SentryAttachment>> list(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String event,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        StoredEvent found = event(organization, project, event, actor);
        return SentryLinks.part(
                files(found).stream()
                        .map(file -> SentryAttachment.of(found, file))
                        .toList(),
                perPage,
                cursor);
    }

    /** The bytes if {@code download} is there, else what is known of them. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(ATTACHMENTS + "/{attachment}")
    ResponseEntity<?> get(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String event,
            @PathVariable String attachment,
            @RequestParam @Nullable String download,
            Actor actor) {
        StoredEvent found = event(organization, project, event, actor);
        StoredAttachment file = files(found).stream()
                .filter(one -> one.id().equals(attachment))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("attachment", attachment));
        if (download == null) {
            return ResponseEntity.ok(SentryAttachment.of(found, file));
        }
        byte[] content = files.content(new EnvelopeId(file.envelopeId()), file.position())
                .orElseThrow(() -> ApiException.notFound("content of attachment", attachment));
        return AttachmentDownload.of(file, content);
    }

    private List<StoredAttachment> files(StoredEvent event) {
        return attachments.ofEvent(event.projectId(), event.id(), event.receivedAt());
    }

    private StoredEvent event(String organization, String project, String event, Actor actor) {
        long of = where.project(actor, organization, project).id();
        return EventId.parse(event)
                .flatMap(id -> events.find(id, new VisibleProjects(Set.of(of))))
                .orElseThrow(() -> ApiException.notFound("event", event));
    }
}
