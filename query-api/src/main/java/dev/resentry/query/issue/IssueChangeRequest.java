package dev.resentry.query.issue;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.resentry.model.issue.state.Priority;
import dev.resentry.model.issue.state.StatusWish;
import dev.resentry.model.issue.state.Substatus;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.issue.Assignment;
import dev.resentry.storage.issue.IssueChange;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What is to become of an issue; what is absent stays as it is.
 *
 * @param status unresolved, resolved or ignored; {@code resolvedInNextRelease} is resolved with the detail of that name
 * @param substatus of an ignored issue {@code archived_until_escalating}, or {@code archived_forever}, which is what it is without
 * @param statusDetails where it is resolved, or what ends its being ignored
 * @param assignedTo the id of a user; null for nobody
 * @param priority how soon somebody should look at it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "IssueChange")
public record IssueChangeRequest(
        @Schema(allowableValues = {"unresolved", "resolved", "ignored", "resolvedInNextRelease"}) @Nullable
        String status,

        @Schema(allowableValues = {"archived_until_escalating", "archived_forever"}) @Nullable
        String substatus,

        @JsonAlias("statusDetails") @Nullable StatusDetailsRequest statusDetails,

        @JsonAlias("assignedTo") @Schema(type = "integer", format = "int64", nullable = true) @Nullable
        JsonNode assignedTo,

        @WordOf(Priority.class) @Nullable String priority) {
    private static final String IN_NEXT_RELEASE = "resolvedInNextRelease";

    /**
     * The change that is asked for.
     *
     * @throws ApiException if it is none, or a field has a value that it cannot have
     */
    public IssueChange change(Instant now) {
        if (status == null && assignedTo == null && priority == null) {
            throw ApiException.invalid("status", "missing (expected: status, assigned_to or priority)");
        }
        return new IssueChange(status == null ? noWish() : wish(status, now), assignment(), wantedPriority());
    }

    private @Nullable StatusWish noWish() {
        if (statusDetails != null || substatus != null) {
            throw ApiException.invalid("status", "missing (expected: beside status_details and substatus)");
        }
        return null;
    }

    private StatusWish wish(String wanted, Instant now) {
        StatusDetailsRequest details = statusDetails == null ? StatusDetailsRequest.NONE : statusDetails;
        if (substatus != null && !wanted.equals(IssueStatus.IGNORED.wireName())) {
            throw ApiException.invalid("substatus", "'%s' (expected: only beside status ignored)".formatted(substatus));
        }
        return switch (wanted) {
            case "unresolved" -> {
                details.refuseAll();
                yield new StatusWish.Unresolve();
            }
            case "resolved" -> details.resolve();
            case IN_NEXT_RELEASE -> {
                details.refuseAll();
                yield new StatusWish.Resolve(new StatusWish.From.NextRelease());
            }
            case "ignored" -> ignore(details.ignore(now));
            default ->
                throw ApiException.invalid(
                        "status",
                        "'%s' (expected: unresolved, resolved, ignored or %s)".formatted(wanted, IN_NEXT_RELEASE));
        };
    }

    private StatusWish.Ignore ignore(StatusWish.Ignore said) {
        Substatus wanted = substatus == null
                ? null
                : Substatus.of(substatus)
                        .filter(word ->
                                word == Substatus.ARCHIVED_UNTIL_ESCALATING || word == Substatus.ARCHIVED_FOREVER)
                        .orElseThrow(() -> ApiException.invalid(
                                "substatus",
                                "'%s' (expected: archived_until_escalating or archived_forever; a condition is said by status_details)"
                                        .formatted(substatus)));
        boolean isConditional = said.until() != null || said.events() != null || said.users() != null;
        if (wanted == Substatus.ARCHIVED_FOREVER && (isConditional || said.escalating())) {
            throw ApiException.invalid("substatus", "'archived_forever' (expected: without what ends it)");
        }
        return wanted == Substatus.ARCHIVED_UNTIL_ESCALATING
                ? new StatusWish.Ignore(said.until(), said.events(), said.users(), true)
                : said;
    }

    private @Nullable Priority wantedPriority() {
        return priority == null
                ? null
                : Priority.of(priority)
                        .orElseThrow(() -> ApiException.invalid(
                                "priority", "'%s' (expected: low, medium or high)".formatted(priority)));
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
