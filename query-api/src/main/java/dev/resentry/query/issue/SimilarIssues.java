package dev.resentry.query.issue;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.group.EventTraits;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.group.Likeness;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.query.project.ProjectGroupingRules;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.SimilarIssueQueries;
import dev.resentry.storage.issue.SimilarIssueQueries.LatestEvent;
import dev.resentry.storage.issue.StoredIssue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds issues that are like another one: candidates by indexes, of which each is held against it by its latest event. */
public final class SimilarIssues {
    private static final int MOST_CANDIDATES = 200;
    private static final int MOST_BY_REASON = 100;

    /** So many payloads are in memory at once. */
    private static final int AT_ONCE = 20;

    /** Less is chance: {@code LikenessTest} tells how many labelled pairs are above it. */
    private static final double LEAST = 0.5;

    private final SimilarIssueQueries candidates;
    private final IssueQueries issues;
    private final ProjectGroupingRules rules;

    SimilarIssues(SimilarIssueQueries candidates, IssueQueries issues, ProjectGroupingRules rules) {
        this.candidates = candidates;
        this.issues = issues;
        this.rules = rules;
    }

    /** An issue and how much it is like the other one. */
    public record Similar(StoredIssue issue, Likeness likeness) {}

    /**
     * What was found.
     *
     * @param comparable whether the issue has an event that others can be held against
     * @param compared how many others were
     * @param similar the most similar first
     */
    public record Found(boolean comparable, int compared, List<Similar> similar) {
        static final Found NOTHING = new Found(false, 0, List.of());
    }

    /** The issues that are most like an issue, at most so many. */
    public Found of(StoredIssue issue, int limit) {
        GroupingRules grouping = rules.of(issue.projectId());
        Optional<EventTraits> own = candidates
                .latest(issue.id())
                .map(event -> traits(event, grouping))
                .filter(EventTraits::tellSomething);
        if (own.isEmpty()) {
            return Found.NOTHING;
        }
        List<Long> ids = candidates.candidates(issue, MOST_BY_REASON, MOST_CANDIDATES);
        Map<Long, Likeness> alike = new HashMap<>();
        int compared = 0;
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            for (LatestEvent event : candidates.latest(ids.subList(from, Math.min(from + AT_ONCE, ids.size())))) {
                Likeness likeness = Likeness.of(own.get(), traits(event, grouping));
                compared++;
                if (likeness.score() >= LEAST) {
                    alike.put(event.issueId(), likeness);
                }
            }
        }
        return new Found(true, compared, best(alike, limit));
    }

    private List<Similar> best(Map<Long, Likeness> alike, int limit) {
        List<Similar> found = new ArrayList<>();
        for (StoredIssue issue : issues.all(mostAlike(alike, limit))) {
            @Nullable Likeness likeness = alike.get(issue.id());
            if (likeness != null) {
                found.add(new Similar(issue, likeness));
            }
        }
        found.sort(Comparator.comparingDouble(
                        (Similar similar) -> similar.likeness().score())
                .thenComparingLong(similar -> similar.issue().id())
                .reversed());
        return found;
    }

    private static List<Long> mostAlike(Map<Long, Likeness> alike, int limit) {
        return alike.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<Long, Likeness> entry) ->
                                entry.getValue().score())
                        .thenComparingLong(Map.Entry::getKey)
                        .reversed())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static EventTraits traits(LatestEvent event, GroupingRules grouping) {
        return EventTraits.of(
                EventNormalizer.normalize(
                        (ObjectNode) UntrustedJson.STORED.tree(event.payloadJson()),
                        NormalizationContext.of(
                                new EventId(event.eventId()), event.receivedAt().toInstant())),
                grouping);
    }
}
