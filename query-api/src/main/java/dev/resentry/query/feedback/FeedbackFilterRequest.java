package dev.resentry.query.feedback;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.feedback.FeedbackFilter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which feedback is wanted, as query parameters; what is absent wants all. */
record FeedbackFilterRequest(
        @Nullable List<String> project,
        @Nullable String status,
        @Nullable String assignee,
        @Nullable List<String> environment,
        @Nullable String query,
        @Nullable Instant start,
        @Nullable Instant end) {

    /**
     * The filter of an actor, who sees some projects.
     *
     * @throws ApiException if a parameter has a value that it cannot have
     */
    FeedbackFilter of(Actor actor, ProjectSelection projects) {
        if (start != null && end != null && !start.isBefore(end)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(start, end));
        }
        return new FeedbackFilter(
                projects.of(actor, project),
                status == null || status.isBlank() ? null : FeedbackChangeRequest.status("status", status),
                assignee == null || assignee.isBlank() ? null : assignee(actor, assignee),
                environment == null || environment.isEmpty() ? null : Set.copyOf(environment),
                query == null || query.isBlank() ? null : query.strip(),
                start,
                end,
                null);
    }

    private static long assignee(Actor actor, String wanted) {
        if (wanted.equals("me")) {
            return actor.userId();
        }
        if (!wanted.matches("\\d{1,18}")) {
            throw ApiException.invalid("assignee", "'%s' (expected: the id of a user, or me)".formatted(wanted));
        }
        return Long.parseLong(wanted);
    }
}
