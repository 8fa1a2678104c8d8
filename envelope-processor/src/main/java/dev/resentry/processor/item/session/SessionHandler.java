package dev.resentry.processor.item.session;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.event.EventUser.Identifier;
import dev.resentry.model.event.EventUser.Identity;
import dev.resentry.model.event.UserHash;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.session.SessionHash;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.SenderClock;
import dev.resentry.processing.session.SessionBucket;
import dev.resentry.processing.session.SessionReader;
import dev.resentry.processing.session.SessionReading;
import dev.resentry.processing.session.SessionUpdate;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.storage.ingest.ItemRow;
import dev.resentry.storage.session.NewSession;
import dev.resentry.storage.session.SessionCounts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes of sessions what is counted of them. */
public final class SessionHandler implements ItemHandler {

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.SESSION, ItemType.Known.SESSIONS);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        return switch (EventJson.read(item.payload())) {
            case EventJson.Read.Invalid(String cause) -> new ItemResult.Dropped(null, DropReason.INVALID_JSON, cause);
            case EventJson.Read.Json(ObjectNode json, boolean _) ->
                item.header().type().equals(ItemType.Known.SESSIONS)
                        ? buckets(json, item, context)
                        : update(json, context);
        };
    }

    private static ItemResult update(ObjectNode json, ItemContext context) {
        // A session without an id has one update, so its place tells it from others.
        String ownId = context.receipt().id().value() + "/" + context.index();
        return switch (SessionReader.update(json, clock(context), ownId)) {
            case SessionReading.Dropped<SessionUpdate>(DropReason reason, String cause) ->
                new ItemResult.Dropped(null, reason, cause);
            case SessionReading.Read<SessionUpdate>(SessionUpdate update) ->
                new ItemResult.Stored(null, List.of(row(update, project(context))));
        };
    }

    private static ItemResult buckets(ObjectNode json, EnvelopeItem item, ItemContext context) {
        ProjectId project = project(context);
        // Without the time two senders might well say the same.
        SessionHash counted = context.sentAt() == null
                ? null
                : SessionHash.ofCounted(
                        project, context.sentAt(), item.payload().toByteArray());
        return switch (SessionReader.buckets(json, clock(context))) {
            case SessionReading.Dropped<List<SessionBucket>>(DropReason reason, String cause) ->
                new ItemResult.Dropped(null, reason, cause);
            case SessionReading.Read<List<SessionBucket>>(List<SessionBucket> buckets) ->
                new ItemResult.Stored(
                        null,
                        buckets.stream()
                                .<ItemRow>map(bucket -> row(bucket, project, counted))
                                .toList());
        };
    }

    private static NewSession.Update row(SessionUpdate update, ProjectId project) {
        return new NewSession.Update(
                update.place().release(),
                update.place().environment(),
                update.place().startedAt(),
                SessionHash.of(project, update.sessionId()),
                update.starts(),
                update.health(),
                update.duration(),
                user(update.user(), project));
    }

    private static NewSession.Bucket row(SessionBucket bucket, ProjectId project, @Nullable SessionHash item) {
        return new NewSession.Bucket(
                bucket.place().release(),
                bucket.place().environment(),
                bucket.place().startedAt(),
                new SessionCounts(
                        bucket.sessions(), bucket.bad(), bucket.unhandled(), bucket.abnormal(), bucket.crashed(), 0, 0),
                user(bucket.user(), project),
                item);
    }

    private static @Nullable UserHash user(@Nullable String user, ProjectId project) {
        return user == null ? null : UserHash.of(project, new Identity(Identifier.ID, user));
    }

    private static SenderClock clock(ItemContext context) {
        return new SenderClock(context.receipt().receivedAt(), context.sentAt());
    }

    private static ProjectId project(ItemContext context) {
        return context.receipt().projectId();
    }
}
