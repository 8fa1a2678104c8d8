package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The contract of topic {@code events}: what became true, written after the commit that made it so. The key groups what has to
 * stay in order: everything of one issue, else everything of one envelope. The value is JSON (see {@link ProcessedRecordJson});
 * fields and types may be added, readers ignore fields that they do not know and pass over types that they do not know.
 *
 * <p>A record may stand on the topic more than once; {@link Origin#id} names what it tells, and counts once. The ids of stored
 * items are made from what they name, so that a replay tells the same under the same id.
 */
public sealed interface ProcessedRecord {

    Origin origin();

    /** Groups records whose order counts; in letters. */
    default byte[] key() {
        return keyText().getBytes(UTF_8);
    }

    String keyText();

    /** The project in a key that {@link #key} made; empty if it made none of this. */
    static Optional<ProjectId> projectOf(byte[] key) {
        String text = new String(key, UTF_8);
        int end = text.indexOf('/');
        return end < 0 ? Optional.empty() : ProjectId.parse(text.substring(0, end));
    }

    /**
     * What every record says.
     *
     * @param id names what is told: equal ids tell the same
     * @param cause why it happened now; who alerts people takes {@link Cause#LIVE} alone
     * @param at when it became true, by the clock of the process that wrote it
     */
    record Origin(UUID id, Cause cause, ProjectId projectId, Instant at) {}

    /** Why something became true now. */
    enum Cause {
        /** It was sent just now, or somebody did it. */
        LIVE,
        /** A stretch of topic {@code envelopes} was processed again. */
        REPLAY,
        /** Events were grouped anew. */
        REGROUP,
        /** It was brought over from another installation. */
        IMPORT;

        /** The word on the topic. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An item was stored.
     *
     * @param position of the item in its envelope, from 0
     * @param itemType the type as its header says it
     * @param size of its payload, in bytes
     * @param eventId the event it is, or belongs to
     * @param event what lists show of it, if it is an event
     */
    record ItemStored(
            Origin origin,
            EnvelopeId envelopeId,
            int position,
            String itemType,
            DataCategory category,
            Instant receivedAt,
            int size,
            @Nullable EventId eventId,
            @Nullable EventSummary event)
            implements ProcessedRecord {

        /** The id of an item's record, the same at each replay. */
        public static UUID id(EnvelopeId envelopeId, int position) {
            return UUID.nameUUIDFromBytes(("item/" + envelopeId + "/" + position).getBytes(UTF_8));
        }

        @Override
        public String keyText() {
            return event == null
                    ? origin.projectId() + "/" + envelopeId
                    : issueKey(origin.projectId(), event.issueId());
        }
    }

    /**
     * The columns of an event.
     *
     * @param occurredAt the event's own time
     */
    record EventSummary(
            long issueId,
            Instant occurredAt,
            String level,
            @Nullable String platform,
            String title,
            @Nullable String culprit,
            @Nullable String release,
            @Nullable String environment,
            Map<String, String> tags) {

        public EventSummary {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * Something happened to an issue.
     *
     * @param status after it
     * @param eventId the event that made the issue or brought it back; null if a person changed it
     * @param changedBy who changed it; null if an event did
     * @param entryId the entry in the issue's activity that says more; null if there is none
     */
    record IssueActivity(
            Origin origin,
            Kind kind,
            long issueId,
            String title,
            @Nullable String culprit,
            String level,
            @Nullable String platform,
            String status,
            @Nullable EventId eventId,
            @Nullable String changedBy,
            @Nullable Long entryId)
            implements ProcessedRecord {

        /** One of which the activity says no more. */
        public IssueActivity(
                Origin origin,
                Kind kind,
                long issueId,
                String title,
                @Nullable String culprit,
                String level,
                @Nullable String platform,
                String status,
                @Nullable EventId eventId,
                @Nullable String changedBy) {
            this(origin, kind, issueId, title, culprit, level, platform, status, eventId, changedBy, null);
        }

        /** The same, with its entry in the issue's activity. */
        public IssueActivity withEntry(@Nullable Long entry) {
            return new IssueActivity(
                    origin, kind, issueId, title, culprit, level, platform, status, eventId, changedBy, entry);
        }

        /** What happened. */
        public enum Kind {
            /** The first event of the issue came. */
            NEW,
            /** It was resolved and happened again. */
            REGRESSED,
            /** It was ignored until something, which has come. */
            UNIGNORED,
            /** It was ignored as long as it happened no more often than before, and happens far more often. */
            ESCALATED,
            /** Its status was changed. */
            CHANGED,
            /** It was given to somebody, or to nobody. */
            ASSIGNED,
            /** Somebody wrote a comment. */
            COMMENTED,
            /** It was deleted; its events are being removed. */
            DELETED
        }

        /** The id of the record that tells of a new issue; there is one. */
        public static UUID idOfNew(long issueId) {
            return UUID.nameUUIDFromBytes("issue/new/%d".formatted(issueId).getBytes(UTF_8));
        }

        @Override
        public String keyText() {
            return issueKey(origin.projectId(), issueId);
        }
    }

    /**
     * Something became of a release that people or programs told us of, or events named for the first time.
     *
     * @param deploymentId null for a new release
     * @param changedBy who told us; null if an event did
     */
    record ReleaseActivity(
            Origin origin,
            Step step,
            String version,
            @Nullable Long deploymentId,
            @Nullable String environment,
            @Nullable String url,
            @Nullable String changedBy)
            implements ProcessedRecord {

        /** What happened. */
        public enum Step {
            /** It is known from now on. */
            CREATED,
            /** It was brought to an environment. */
            DEPLOYED
        }

        @Override
        public String keyText() {
            return "%s/release/%s".formatted(origin.projectId(), version);
        }
    }

    /**
     * An alert rule fired.
     *
     * @param issueId 0 if it is about the project
     * @param title of the issue, or the name of the project
     * @param reason why, in words
     */
    record AlertFired(
            Origin origin,
            long firingId,
            long ruleId,
            String ruleName,
            long issueId,
            String title,
            @Nullable EventId eventId,
            String reason)
            implements ProcessedRecord {

        /** The id of the record of a firing; there is one. */
        public static UUID id(long firingId) {
            return UUID.nameUUIDFromBytes("alert/%d".formatted(firingId).getBytes(UTF_8));
        }

        @Override
        public String keyText() {
            return issueId == 0 ? "%s/alerts".formatted(origin.projectId()) : issueKey(origin.projectId(), issueId);
        }
    }

    /**
     * Stored data has changed in a way that no other record tells. Nobody is told of it; who keeps a copy of what is stored reads the
     * places again.
     */
    sealed interface DataChange extends ProcessedRecord {

        @Override
        default String keyText() {
            return origin().projectId() + "/data";
        }
    }

    /**
     * Rows of a project were moved to other issues, or removed.
     *
     * @param receivedAt when what they are of arrived
     */
    record RowsChanged(Origin origin, List<Instant> receivedAt) implements DataChange {
        public RowsChanged {
            receivedAt = List.copyOf(receivedAt);
        }

        /** The id of the record of a change at some time. */
        public static UUID id(ProjectId projectId, Instant at, List<Instant> receivedAt) {
            return UUID.nameUUIDFromBytes(
                    "rows/%s/%s/%s".formatted(projectId, at, receivedAt).getBytes(UTF_8));
        }
    }

    /** What is counted of sessions of a project has changed in some minutes. */
    record SessionsCounted(Origin origin, List<SessionMinute> minutes) implements DataChange {
        public SessionsCounted {
            minutes = List.copyOf(minutes);
        }

        /** The id of the record of a change at some time. */
        public static UUID id(ProjectId projectId, Instant at, List<SessionMinute> minutes) {
            return UUID.nameUUIDFromBytes(
                    "sessions/%s/%s/%s".formatted(projectId, at, minutes).getBytes(UTF_8));
        }
    }

    /**
     * Where sessions are counted.
     *
     * @param environment empty if there is none
     * @param minute in which they began
     */
    record SessionMinute(String release, String environment, Instant minute) {}

    private static String issueKey(ProjectId projectId, long issueId) {
        return projectId + "/" + issueId;
    }
}
