package dev.resentry.query.live;

import dev.resentry.model.event.EventId;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.DataChange;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.service.kafka.RecordHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tells listeners what topic {@code events} says of issues, and how much was stored. Only used by the thread of its reader. */
final class EventsTopicSource implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EventsTopicSource.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** How often listeners of a project are told of stored events. */
    private static final Duration SUM_FOR = Duration.ofSeconds(1);

    private static final int MOST_ISSUES = 50;

    private final LiveFeed feed;
    private final InstantSource clock;
    private final Map<Long, Stored> stored = new TreeMap<>();
    private long toldAt;

    EventsTopicSource(LiveFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /** What was stored of a project since its listeners were told. */
    private static final class Stored {
        private final Set<Long> issues = new LinkedHashSet<>();
        private long events;
        private @Nullable EventId last;
    }

    /** The reading begins at the end of the topic, so what came since it ended is not known. */
    @Override
    public void caughtUp() {
        feed.missed();
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
        if (!feed.isWanted()) {
            return;
        }
        try {
            ProcessedRecordJson.read(record.value()).ifPresent(known -> tell(known, record.timestamp()));
        } catch (IllegalArgumentException e) {
            // One that cannot be read must not keep the others from being told.
            LOG.atError()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getMessage())
                    .log("A record of topic events cannot be read");
        }
    }

    private void tell(ProcessedRecord record, long at) {
        switch (record) {
            case IssueActivity issue -> feed.publish(message(issue, at));
            case ReleaseActivity _, AlertFired _, DataChange _ -> {}
            case ItemStored item -> {
                if (item.event() != null && item.origin().cause() == Cause.LIVE) {
                    Stored sum =
                            stored.computeIfAbsent(item.origin().projectId().value(), _ -> new Stored());
                    sum.events++;
                    sum.last = item.eventId();
                    if (sum.issues.size() < MOST_ISSUES) {
                        sum.issues.add(item.event().issueId());
                    }
                }
            }
        }
    }

    private static LiveMessage message(IssueActivity issue, long at) {
        long project = issue.origin().projectId().value();
        ObjectNode data = JSON.createObjectNode()
                .put("issue_id", issue.issueId())
                .put("project_id", project)
                .put("title", issue.title())
                .put("culprit", issue.culprit())
                .put("level", issue.level())
                .put("status", issue.status())
                .put("what", what(issue.kind()))
                .put("by", issue.changedBy())
                .put("cause", issue.origin().cause().wireName());
        return new LiveMessage(
                at,
                issue.origin().id().toString(),
                issue.kind() == IssueActivity.Kind.NEW ? "issue.new" : "issue.changed",
                new Audience.OfProject(project),
                JSON.writeValueAsString(data));
    }

    private static String what(IssueActivity.Kind kind) {
        return switch (kind) {
            case NEW -> "new";
            case REGRESSED -> "regressed";
            case UNIGNORED -> "unignored";
            case ESCALATED -> "escalated";
            case CHANGED -> "status";
            case ASSIGNED -> "assignee";
            case COMMENTED -> "comment";
            case DELETED -> "deleted";
        };
    }

    @Override
    public boolean waits() {
        return !stored.isEmpty();
    }

    @Override
    public void polled() {
        long now = clock.millis();
        if (stored.isEmpty() || now - toldAt < SUM_FOR.toMillis()) {
            return;
        }
        toldAt = now;
        stored.forEach((project, sum) -> {
            ObjectNode data = JSON.createObjectNode().put("project_id", project).put("events", sum.events);
            sum.issues.forEach(data.putArray("issue_ids")::add);
            data.put("last_event_id", sum.last == null ? null : sum.last.toString());
            feed.publish("event.stored", new Audience.OfProject(project), data);
        });
        stored.clear();
    }
}
