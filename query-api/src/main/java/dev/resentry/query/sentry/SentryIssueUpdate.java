package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.issue.IssueChangeRequest;
import dev.resentry.query.issue.StatusDetailsRequest;
import dev.resentry.storage.issue.IssueChange;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is to become of an issue. What ends its being ignored stands in {@code statusDetails} or beside it.
 *
 * @param assignedTo {@code user:1}, an id, an address; null or empty for nobody
 * @param merge true or 1 for the issues that the request names, or the ids of a parent and its children
 * @param snoozeDuration an older name of ignoreDuration
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record SentryIssueUpdate(
        @Nullable String status,
        @Nullable String substatus,
        @Nullable Details statusDetails,
        @Nullable Long ignoreDuration,
        @Nullable Long ignoreCount,
        @Nullable Long ignoreWindow,
        @Nullable Long ignoreUserCount,
        @Nullable Long ignoreUserWindow,
        @Nullable Long snoozeDuration,
        @Nullable JsonNode assignedTo,
        @Nullable String priority,
        @Nullable JsonNode merge,
        @Nullable Boolean discard) {
    private static final String IGNORED = "ignored";

    /** As answers have them, so what else stands there is passed over. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Details(
            @Nullable String inRelease,
            @Nullable Boolean inNextRelease,
            StatusDetailsRequest.@Nullable Commit inCommit,
            @Nullable Instant ignoreUntil,
            @Nullable Long ignoreDuration,
            @Nullable Long ignoreCount,
            @Nullable Long ignoreWindow,
            @Nullable Long ignoreUserCount,
            @Nullable Long ignoreUserWindow,
            @Nullable Boolean untilEscalating) {
        private static final Details NONE = new Details(null, null, null, null, null, null, null, null, null, null);
    }

    /** Whether several issues are to become one. */
    boolean wantsMerge() {
        return merge != null && !merge.isNull() && !(merge.isBoolean() && !merge.booleanValue());
    }

    /**
     * The change that is asked for.
     *
     * @throws ApiException if it is none that is known here
     */
    IssueChange change(Instant now, UserStore users) {
        if (Boolean.TRUE.equals(discard)) {
            throw ApiException.invalid("discard", "not known here (expected: DELETE, and a filter of the project)");
        }
        if (status == null && assignedTo == null && priority == null) {
            throw ApiException.invalid("status", "missing (expected: status, assignedTo or priority; no more is kept)");
        }
        String wanted = "muted".equals(status) ? IGNORED : status;
        boolean ignores = IGNORED.equals(wanted);
        return new IssueChangeRequest(
                        wanted,
                        // That of a condition follows from it, and so does that of an issue that is not ignored.
                        ignores && !"archived_until_condition_met".equals(substatus) ? substatus : null,
                        ignores || "resolved".equals(wanted) ? details(ignores) : null,
                        assignedTo == null ? null : assignee(assignedTo, users),
                        priority)
                .change(now);
    }

    private StatusDetailsRequest details(boolean ignores) {
        Details said = statusDetails == null ? Details.NONE : statusDetails;
        if (!ignores) {
            return new StatusDetailsRequest(
                    said.inRelease(), said.inNextRelease(), said.inCommit(), null, null, null, null, null, null, null);
        }
        return new StatusDetailsRequest(
                null,
                null,
                null,
                said.ignoreUntil(),
                first(said.ignoreDuration(), first(ignoreDuration, snoozeDuration)),
                first(said.ignoreCount(), ignoreCount),
                first(said.ignoreWindow(), ignoreWindow),
                first(said.ignoreUserCount(), ignoreUserCount),
                first(said.ignoreUserWindow(), ignoreUserWindow),
                said.untilEscalating());
    }

    private static @Nullable Long first(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : one;
    }

    private static JsonNode assignee(JsonNode named, UserStore users) {
        String text = named.isNull() ? "" : named.asString("").strip();
        if (text.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        String user = text.startsWith("user:") ? text.substring("user:".length()) : text;
        if (user.matches("\\d{1,18}")) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(user));
        }
        return users.findByEmail(user)
                .map(User::id)
                .map(id -> (JsonNode) JsonNodeFactory.instance.numberNode(id))
                .orElseThrow(() -> ApiException.invalid(
                        "assignedTo", "'%s' (expected: user:, an id, or an address of somebody here)".formatted(text)));
    }
}
