package dev.resentry.query.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.envelope.StoredEnvelope;
import dev.resentry.storage.envelope.StoredItem;
import dev.resentry.storage.project.ProjectStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Envelopes as they came, what was made of them, and their bytes. */
@NativeApi
@Tag(name = "Envelopes")
class EnvelopeController {
    private final EnvelopeQueries envelopes;
    private final ProjectStore projects;
    private final ItemPayloads payloads;
    private final AttachmentFiles files;
    private final ProjectAccess access;

    EnvelopeController(
            EnvelopeQueries envelopes,
            ProjectStore projects,
            ItemPayloads payloads,
            AttachmentFiles files,
            ProjectAccess access) {
        this.envelopes = envelopes;
        this.projects = projects;
        this.payloads = payloads;
        this.files = files;
        this.access = access;
    }

    /**
     * An envelope as the API shows it.
     *
     * @param outcome stored or dropped; the latter with reason and cause
     * @param bodySize in bytes, as it came
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Envelope")
    record EnvelopeAnswer(
            UUID id,
            long projectId,
            Instant receivedAt,
            @Nullable String eventId,
            String endpoint,
            @Nullable String contentEncoding,
            @Nullable String contentType,
            @Nullable String client,
            @Nullable String remoteAddress,
            @Nullable String userAgent,
            @Nullable String origin,
            int bodySize,
            String outcome,
            @Nullable String reason,
            @Nullable String cause,
            int itemCount) {
        static EnvelopeAnswer of(StoredEnvelope envelope) {
            return new EnvelopeAnswer(
                    envelope.id(),
                    envelope.projectId(),
                    envelope.receivedAt(),
                    eventIdOf(envelope.eventId()),
                    envelope.endpoint(),
                    envelope.contentEncoding(),
                    envelope.contentType(),
                    envelope.client(),
                    envelope.remoteAddress(),
                    envelope.userAgent(),
                    envelope.origin(),
                    envelope.bodySize(),
                    envelope.outcome().wireName(),
                    envelope.outcome().reasonName(),
                    envelope.outcome().cause(),
                    envelope.itemCount());
        }
    }

    /**
     * An item as the API shows it.
     *
     * @param size of the payload, in bytes
     * @param outcome stored, duplicate, filtered or dropped; the last two with reason, and the last with cause
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "EnvelopeItem")
    record ItemAnswer(
            int position,
            String type,
            String category,
            @Nullable String contentType,
            @Nullable String filename,
            int size,
            @Nullable String eventId,
            String outcome,
            @Nullable String reason,
            @Nullable String cause) {
        static ItemAnswer of(StoredItem item) {
            return new ItemAnswer(
                    item.position(),
                    item.type(),
                    item.category(),
                    item.contentType(),
                    item.filename(),
                    item.payloadLength(),
                    eventIdOf(item.eventId()),
                    item.outcome().wireName(),
                    item.outcome().reasonName(),
                    item.outcome().cause());
        }
    }

    @GetMapping("/api/v1/projects/{id}/envelopes")
    @Allowed(Scope.EVENT_READ)
    PageResponse<EnvelopeAnswer> ofProject(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        access.require(actor, id);
        if (projects.find(id).isEmpty()) {
            throw ApiException.notFound("project", id);
        }
        return PageResponse.of(
                envelopes.ofProject(id, Cursor.position(cursor), Cursor.limit(limit)),
                EnvelopeAnswer::of,
                last -> Cursor.write(last.receivedAt(), last.id()));
    }

    @GetMapping("/api/v1/envelopes/{id}")
    @Allowed(Scope.EVENT_READ)
    EnvelopeAnswer get(@PathVariable String id, Actor actor) {
        return EnvelopeAnswer.of(existing(id, actor));
    }

    @GetMapping("/api/v1/envelopes/{id}/items")
    @Allowed(Scope.EVENT_READ)
    List<ItemAnswer> items(@PathVariable String id, Actor actor) {
        return envelopes.items(new EnvelopeId(existing(id, actor).id())).stream()
                .map(ItemAnswer::of)
                .toList();
    }

    /** The bytes as they came. Their encoding stands in a header of our own, so that no client undoes it unasked. */
    @GetMapping(value = "/api/v1/envelopes/{id}/raw", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Allowed(Scope.PROJECT_ADMIN)
    ResponseEntity<byte[]> raw(@PathVariable String id, Actor actor) {
        StoredEnvelope envelope = existing(id, actor);
        var answer = ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment");
        if (envelope.contentEncoding() != null) {
            answer.header("X-Resentry-Content-Encoding", envelope.contentEncoding());
        }
        return answer.body(body(envelope));
    }

    /**
     * The payload of one item, decoded. Never shown in the browser: it may be anything. That of an attachment is there for as
     * long as the attachment, whatever became of its envelope.
     */
    @GetMapping(
            value = "/api/v1/envelopes/{id}/items/{position}/payload",
            produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Allowed(Scope.PROJECT_ADMIN)
    ResponseEntity<byte[]> payload(@PathVariable String id, @PathVariable int position, Actor actor) {
        Optional<AttachmentFiles.File> file =
                EnvelopeId.parse(id).flatMap(envelope -> files.find(envelope, position, access.of(actor)));
        if (file.isPresent()) {
            return download(
                    ContentDisposition.attachment()
                            .filename(file.get().name(), UTF_8)
                            .build()
                            .toString(),
                    file.get().content());
        }
        StoredEnvelope envelope = existing(id, actor);
        StoredItem item = envelopes.items(new EnvelopeId(envelope.id())).stream()
                .filter(i -> i.position() == position)
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("item", position));
        byte[] payload = payloads.cut(envelope, body(envelope), item)
                .orElseThrow(() -> ApiException.notFound("payload of item", position));
        return download("attachment", payload);
    }

    private static ResponseEntity<byte[]> download(String disposition, byte[] content) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition)
                .body(content);
    }

    private byte[] body(StoredEnvelope envelope) {
        return envelopes
                .body(new EnvelopeId(envelope.id()))
                .orElseThrow(() -> ApiException.notFound("envelope", envelope.id()));
    }

    private StoredEnvelope existing(String id, Actor actor) {
        return EnvelopeId.parse(id)
                .flatMap(envelopes::find)
                .filter(envelope -> access.of(actor).contains(envelope.projectId()))
                .orElseThrow(() -> ApiException.notFound("envelope", id));
    }

    private static @Nullable String eventIdOf(@Nullable UUID id) {
        return id == null ? null : new EventId(id).toString();
    }
}
