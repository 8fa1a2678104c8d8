package dev.resentry.query.issue;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.issue.Assignment;
import dev.resentry.storage.issue.IssueChange;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What is to become of an issue; what is absent stays as it is.
 *
 * @param status unresolved, resolved or ignored
 * @param assignedTo the id of a user; null for nobody
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "IssueChange")
public record IssueChangeRequest(
        @WordOf(IssueStatus.class) @Nullable String status,

        @Schema(type = "integer", format = "int64", nullable = true) @Nullable
        JsonNode assignedTo) {

    /**
     * The change that is asked for.
     *
     * @throws ApiException if it is none, or a field has a value that it cannot have
     */
    public IssueChange change() {
        if (status == null && assignedTo == null) {
            throw ApiException.invalid("status", "missing (expected: status, assigned_to or both)");
        }
        if (status != null && !IssueStatus.wireNames().contains(status)) {
            throw ApiException.invalid("status", "'%s' (%s)".formatted(status, IssueFilterRequest.STATUS_RULE));
        }
        return new IssueChange(status, assignment());
    }

    private @Nullable Assignment assignment() {
        if (assignedTo == null) {
            return null;
        }
        if (assignedTo.isNull()) {
            return new Assignment.ToNobody();
        }
        if (!assignedTo.isIntegralNumber() || !assignedTo.canConvertToLong()) {
            throw ApiException.invalid("assigned_to", "%s (expected: the id of a user, or null)".formatted(assignedTo));
        }
        return new Assignment.To(assignedTo.longValue());
    }
}
