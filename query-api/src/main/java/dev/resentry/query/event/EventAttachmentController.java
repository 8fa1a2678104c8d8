package dev.resentry.query.event;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.envelope.AttachmentFiles;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.attachment.StoredAttachment;
import dev.resentry.storage.event.EventQueries;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The bytes of an event's attachments. */
@NativeApi
@Tag(name = "Events")
class EventAttachmentController {
    private final EventQueries events;
    private final AttachmentQueries attachments;
    private final AttachmentFiles files;
    private final ProjectSelection projects;

    EventAttachmentController(
            EventQueries events, AttachmentQueries attachments, AttachmentFiles files, ProjectSelection projects) {
        this.events = events;
        this.attachments = attachments;
        this.files = files;
        this.projects = projects;
    }

    /**
     * Gives the bytes of an attachment, to be kept as a file. What begins as an image does has the type of one, so that a page may show
     * it by {@code img}; all else is bytes, whatever its sender called it.
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(
            value = "/api/v1/events/{id}/attachments/{attachment}",
            produces = {MediaType.APPLICATION_OCTET_STREAM_VALUE, "image/*"})
    ResponseEntity<byte[]> get(@PathVariable String id, @PathVariable String attachment, Actor actor) {
        StoredAttachment file = EventId.parse(id).flatMap(event -> events.find(event, projects.of(actor))).stream()
                .flatMap(event -> attachments.ofEvent(event.projectId(), event.id(), event.receivedAt()).stream())
                .filter(one -> one.id().equals(attachment))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("attachment", attachment));
        byte[] content = files.content(new EnvelopeId(file.envelopeId()), file.position())
                .orElseThrow(() -> ApiException.notFound("content of attachment", attachment));
        return AttachmentDownload.of(file, content);
    }
}
