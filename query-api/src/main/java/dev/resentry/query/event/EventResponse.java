package dev.resentry.query.event;

import dev.resentry.model.event.Event;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.attachment.StoredAttachment;
import dev.resentry.storage.event.StoredEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A single event as the API shows it. The interfaces of the SDKs ({@code exception}, {@code breadcrumbs} and so on) keep the shape
 * SDKs send them in.
 *
 * @param id 32 hex digits
 * @param timestamp the event's own time
 * @param message the message as a person reads it; {@code logentry} has its template and parameters
 * @param attachments what came along
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Event")
record EventResponse(
        String id,
        long issueId,
        long projectId,
        UUID envelopeId,
        Instant receivedAt,
        Instant timestamp,
        String level,
        String title,
        @Nullable String culprit,
        @Nullable String message,
        @Nullable String platform,
        @Nullable String release,
        @Nullable String environment,
        Map<String, String> tags,
        @Schema(type = "object") @Nullable Object logentry,
        @Schema(type = "object") @Nullable Object exception,
        @Schema(type = "object") @Nullable Object threads,
        @Schema(type = "object") @Nullable Object stacktrace,
        @Schema(type = "object") @Nullable Object breadcrumbs,
        @Schema(type = "object") @Nullable Object contexts,
        @Schema(type = "object") @Nullable Object user,
        @Schema(type = "object") @Nullable Object request,
        @Schema(type = "object") @Nullable Object extra,
        @Schema(type = "object") @Nullable Object sdk,
        @Schema(type = "array") @Nullable Object fingerprint,
        List<Attachment> attachments) {

    /**
     * An attachment of the event.
     *
     * @param attachmentType as SDKs call it, such as {@code event.minidump}; null of what came before that was kept
     * @param size in bytes
     * @param href where its bytes are
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Attachment(
            String filename,
            @Nullable String contentType,
            @Nullable String attachmentType,
            long size,
            String href) {
        static Attachment of(StoredAttachment attachment) {
            return new Attachment(
                    attachment.name(),
                    attachment.contentType(),
                    attachment.attachmentType(),
                    attachment.size(),
                    "/api/v1/envelopes/%s/items/%d/payload".formatted(attachment.envelopeId(), attachment.position()));
        }
    }

    static EventResponse of(StoredEvent event, List<Attachment> attachments) {
        JsonNode payload = UntrustedJson.STORED.tree(event.payloadJson());
        String message = new Event(payload).logEntry().formatted();
        return new EventResponse(
                event.id().toString(),
                event.issueId(),
                event.projectId(),
                event.envelopeId(),
                event.receivedAt(),
                event.occurredAt(),
                event.level(),
                event.title(),
                event.culprit(),
                message.isEmpty() ? null : message,
                event.platform(),
                event.release(),
                event.environment(),
                EventSummaryResponse.tags(event.tagsJson()),
                payload.get("logentry"),
                payload.get("exception"),
                payload.get("threads"),
                payload.get("stacktrace"),
                payload.get("breadcrumbs"),
                payload.get("contexts"),
                payload.get("user"),
                payload.get("request"),
                payload.get("extra"),
                payload.get("sdk"),
                payload.get("fingerprint"),
                attachments);
    }
}
