package dev.resentry.storage.issue;

import dev.resentry.model.issue.state.IgnoreUntil;
import dev.resentry.model.issue.state.IgnoreUntil.Further;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.Resolution;
import dev.resentry.model.issue.state.Substatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The columns of {@code issues} that hold the state. */
public final class IssueStateColumns {
    /** What {@link #read} needs, of a table named {@code i}. */
    public static final String READ =
            "i.status, i.substatus, i.status_at, i.state_details::text AS state_details, i.first_seen";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String IN_RELEASE = "in_release";
    private static final String IN_NEXT_RELEASE = "in_next_release";
    private static final String IN_COMMIT = "in_commit";
    private static final String COMMIT = "commit";
    private static final String REPOSITORY = "repository";
    private static final String BY_AGE = "auto_resolved";
    private static final String UNTIL = "ignore_until";
    private static final String EVENTS = "ignore_count";
    private static final String USERS = "ignore_user_count";
    private static final String ESCALATING = "until_escalating";

    private IssueStateColumns() {}

    /** The state in a row with the columns of {@link #READ}. */
    public static IssueState read(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("status_at", OffsetDateTime.class);
        Instant since = (at == null ? row.getObject("first_seen", OffsetDateTime.class) : at).toInstant();
        String details = row.getString("state_details");
        JsonNode said = details == null ? JsonNodeFactory.instance.objectNode() : JSON.readTree(details);
        return switch (row.getString("status")) {
            case "resolved" -> new IssueState.Resolved(resolution(said), since);
            case "ignored" -> new IssueState.Ignored(until(said), since);
            default ->
                new IssueState.Unresolved(
                        Substatus.of(String.valueOf(row.getString("substatus")))
                                .filter(Substatus::isUnresolved)
                                .orElse(Substatus.ONGOING),
                        since);
        };
    }

    private static Resolution resolution(JsonNode said) {
        if (said.has(IN_RELEASE)) {
            return new Resolution.InRelease(said.get(IN_RELEASE).asString());
        }
        if (said.has(IN_NEXT_RELEASE)) {
            return new Resolution.InNextRelease(said.get(IN_NEXT_RELEASE).asString());
        }
        if (said.has(IN_COMMIT)) {
            JsonNode commit = said.get(IN_COMMIT);
            return new Resolution.InCommit(
                    commit.get(COMMIT).asString(),
                    commit.has(REPOSITORY) ? commit.get(REPOSITORY).asString() : null);
        }
        return said.has(BY_AGE) ? new Resolution.ByAge() : new Resolution.Everywhere();
    }

    private static IgnoreUntil until(JsonNode said) {
        return new IgnoreUntil(
                said.has(UNTIL) ? Instant.parse(said.get(UNTIL).asString()) : null,
                further(said.get(EVENTS)),
                further(said.get(USERS)),
                said.has(ESCALATING));
    }

    private static @Nullable Further further(@Nullable JsonNode said) {
        return said == null
                ? null
                : new Further(
                        said.get("more").asLong(),
                        said.has("window_minutes")
                                ? Duration.ofMinutes(said.get("window_minutes").asLong())
                                : null,
                        said.get("before").asLong());
    }

    /** What column {@code state_details} holds of a state; null for nothing. */
    public static @Nullable String details(IssueState state) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        switch (state) {
            case IssueState.Unresolved _ -> {}
            case IssueState.Resolved(Resolution resolution, Instant _) -> {
                switch (resolution) {
                    case Resolution.Everywhere() -> {}
                    case Resolution.InRelease(String version) -> said.put(IN_RELEASE, version);
                    case Resolution.InNextRelease(String current) -> said.put(IN_NEXT_RELEASE, current);
                    case Resolution.InCommit(String commit, String repository) -> {
                        ObjectNode node = said.putObject(IN_COMMIT).put(COMMIT, commit);
                        if (repository != null) {
                            node.put(REPOSITORY, repository);
                        }
                    }
                    case Resolution.ByAge() -> said.put(BY_AGE, true);
                }
            }
            case IssueState.Ignored(IgnoreUntil until, Instant _) -> {
                if (until.time() != null) {
                    said.put(UNTIL, until.time().toString());
                }
                put(said, EVENTS, until.events());
                put(said, USERS, until.users());
                if (until.escalating()) {
                    said.put(ESCALATING, true);
                }
            }
        }
        return said.isEmpty() ? null : said.toString();
    }

    private static void put(ObjectNode said, String name, @Nullable Further further) {
        if (further != null) {
            ObjectNode node = said.putObject(name).put("more", further.more()).put("before", further.before());
            if (further.window() != null) {
                node.put("window_minutes", further.window().toMinutes());
            }
        }
    }

    /** What column {@code substatus} holds of a state. */
    public static @Nullable String substatus(IssueState state) {
        return state.substatus() == null ? null : state.substatus().wireName();
    }

    /** What column {@code ignore_until} holds of a state. */
    public static @Nullable Instant ignoreUntil(IssueState state) {
        return state instanceof IssueState.Ignored(IgnoreUntil until, Instant _) ? until.time() : null;
    }
}
