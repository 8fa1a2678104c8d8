package dev.resentry.query.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Level;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.attachment.StoredAttachment;
import dev.resentry.storage.event.EventNeighbours;
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
 * A single event as the API shows it. The interfaces of the SDKs ({@code contexts}, {@code request} and so on) keep the shape SDKs
 * send them in, which may be any; {@code exception}, {@code threads} and {@code breadcrumbs} are objects with {@code values}.
 *
 * @param id 32 hex digits
 * @param timestamp the event's own time
 * @param payloadKept whether all of the event is there; if not, it is only counted: more arrived of its issue and day than the project
 *     keeps, and what is not there below may have been sent. Its envelope has it, as long as that is kept
 * @param message the message as a person reads it; {@code logentry} has its template and parameters
 * @param exception its frames are those of the original files where a source map was found, with {@code orig_file}, {@code orig_line},
 *     {@code orig_column} and {@code orig_function}; {@code raw_stacktrace} has them as they came
 * @param rawStacktrace as it came, if {@code stacktrace} was made readable
 * @param modules the libraries of the program, each with its version
 * @param debugMeta the binaries and source files that the frames are of
 * @param errors what was wrong with the event as it was sent, and what is missing to make its frames readable
 * @param meta what was taken out of it, replaced or shortened before it was stored: a tree of its shape, in which the entry with the
 *     empty name is about the value at its place, with {@code rem} (rules), {@code len} (how long it was) and {@code err}
 * @param attachments what came along
 * @param previousEventId of the event of the issue that arrived right before it
 * @param nextEventId of the one that arrived right after it
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
        @WordOf(Level.class) String level,
        boolean payloadKept,
        String title,
        @Nullable String culprit,
        @Nullable String message,
        @Nullable String platform,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String transaction,
        @Nullable String serverName,
        @Nullable String dist,
        @Nullable String logger,
        Map<String, String> tags,
        @Nullable Object logentry,
        @Schema(type = "object") @Nullable Object exception,
        @Schema(type = "object") @Nullable Object threads,
        @Nullable Object stacktrace,
        @Nullable Object rawStacktrace,
        @Schema(type = "object") @Nullable Object breadcrumbs,
        @Nullable Object contexts,
        @Nullable Object user,
        @Nullable Object request,
        @Nullable Object extra,
        @Nullable Object sdk,
        @Nullable List<String> fingerprint,
        @Nullable Object modules,
        @Nullable Object debugMeta,
        @Nullable Object errors,
        @JsonProperty("_meta") @Nullable Object meta,
        List<Attachment> attachments,
        @Nullable String previousEventId,
        @Nullable String nextEventId) {

    /**
     * An attachment of the event.
     *
     * @param id tells it from the others of the event
     * @param attachmentType as SDKs call it, such as {@code event.minidump}; null of what came before that was kept
     * @param size in bytes
     * @param url where its bytes are
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Attachment(
            String id,
            String filename,
            @Nullable String contentType,
            @Nullable String attachmentType,
            long size,
            String url) {
        static Attachment of(EventId event, StoredAttachment attachment) {
            return new Attachment(
                    attachment.id(),
                    attachment.name(),
                    attachment.contentType(),
                    attachment.attachmentType(),
                    attachment.size(),
                    "/api/v1/events/%s/attachments/%s".formatted(event, attachment.id()));
        }
    }

    static EventResponse of(StoredEvent event, EventNeighbours neighbours, List<Attachment> attachments) {
        JsonNode payload = UntrustedJson.STORED.tree(event.payloadJson());
        OriginalNames.addTo(payload);
        String message = new Event(payload).logEntry().formatted();
        return new EventResponse(
                event.id().toString(),
                event.issueId(),
                event.projectId(),
                event.envelopeId(),
                event.receivedAt(),
                event.occurredAt(),
                event.level(),
                event.payloadKept(),
                event.title(),
                event.culprit(),
                message.isEmpty() ? null : message,
                event.platform(),
                event.release(),
                event.environment(),
                event.transaction() == null ? text(payload, "transaction") : event.transaction(),
                text(payload, "server_name"),
                text(payload, "dist"),
                text(payload, "logger"),
                EventSummaryResponse.tags(event.tagsJson()),
                payload.get("logentry"),
                payload.get("exception"),
                payload.get("threads"),
                payload.get("stacktrace"),
                payload.get("raw_stacktrace"),
                payload.get("breadcrumbs"),
                payload.get("contexts"),
                payload.get("user"),
                payload.get("request"),
                payload.get("extra"),
                payload.get("sdk"),
                texts(payload.get("fingerprint")),
                payload.get("modules"),
                payload.get("debug_meta"),
                payload.get("errors"),
                payload.get("_meta"),
                attachments,
                text(neighbours.previous()),
                text(neighbours.next()));
    }

    private static @Nullable String text(JsonNode payload, String field) {
        JsonNode value = payload.path(field);
        return value.isString() && !value.asString().isEmpty() ? value.asString() : null;
    }

    private static @Nullable String text(@Nullable EventId id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable List<String> texts(@Nullable JsonNode list) {
        return list == null
                ? null
                : list.valueStream().map(text -> text.asString("")).toList();
    }
}
