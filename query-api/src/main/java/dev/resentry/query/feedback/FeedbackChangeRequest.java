package dev.resentry.query.feedback;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.feedback.FeedbackStatus;
import dev.resentry.storage.feedback.FeedbackStore.Change;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What is to become of feedback; what is absent stays as it is.
 *
 * @param assignedTo the id of a user; null for nobody
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "FeedbackChange")
record FeedbackChangeRequest(
        @WordOf(FeedbackStatus.class) @Nullable String status,

        @Schema(type = "integer", format = "int64", nullable = true) @Nullable
        JsonNode assignedTo) {

    /**
     * The change that is asked for.
     *
     * @throws ApiException if it is none, or a field has a value that it cannot have
     */
    Change change() {
        if (status == null && assignedTo == null) {
            throw ApiException.invalid("status", "missing (expected: status or assigned_to)");
        }
        return new Change(status == null ? null : status("status", status), assignedTo != null, assignee());
    }

    static FeedbackStatus status(String field, String word) {
        return FeedbackStatus.of(word)
                .orElseThrow(
                        () -> ApiException.invalid(field, "'%s' (expected: %s)".formatted(word, FeedbackStatus.WORDS)));
    }

    private @Nullable Long assignee() {
        if (assignedTo == null || assignedTo.isNull()) {
            return null;
        }
        if (!assignedTo.isIntegralNumber() || !assignedTo.canConvertToLong()) {
            throw ApiException.invalid("assigned_to", "%s (expected: the id of a user, or null)".formatted(assignedTo));
        }
        return assignedTo.longValue();
    }
}
