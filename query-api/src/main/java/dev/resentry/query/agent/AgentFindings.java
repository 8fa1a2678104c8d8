package dev.resentry.query.agent;

import dev.resentry.model.repository.PathMappings;
import dev.resentry.processing.group.GroupingExplanation;
import dev.resentry.processing.group.GroupingResult;
import dev.resentry.query.agent.AgentIssue.GroupedBy;
import dev.resentry.query.agent.AgentIssue.SimilarTo;
import dev.resentry.query.agent.AgentIssue.Suspect;
import dev.resentry.query.event.EventGroupings;
import dev.resentry.query.issue.SimilarIssues;
import dev.resentry.query.repository.EventSources;
import dev.resentry.query.repository.EventSources.SuspectCommitResponse;
import dev.resentry.storage.Position;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSummary;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.StoredRelease;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads all that is known of an issue, once, however often it is told in fewer words. */
final class AgentFindings {
    /** So many events tell what varies. */
    private static final int LATEST = 50;

    private static final int SIMILAR = 3;

    private final EventQueries events;
    private final IssueQueries issues;
    private final ReleaseQueries releases;
    private final EventSources sources;
    private final EventGroupings groupings;
    private final SimilarIssues similar;
    private final URI publicUrl;

    AgentFindings(
            EventQueries events,
            IssueQueries issues,
            ReleaseQueries releases,
            EventSources sources,
            EventGroupings groupings,
            SimilarIssues similar,
            URI publicUrl) {
        this.events = events;
        this.issues = issues;
        this.releases = releases;
        this.sources = sources;
        this.groupings = groupings;
        this.similar = similar;
        this.publicUrl = publicUrl;
    }

    /**
     * What was found.
     *
     * @param event that is told of; null if there is none whose payload is kept
     * @param latest the latest events, newest first
     * @param grouping of the event; null if there is none
     */
    record Found(
            StoredIssue issue,
            String permalink,
            List<String> environments,
            @Nullable String lastGoodRelease,
            @Nullable StoredEvent event,
            List<EventSummary> latest,
            PathMappings mappings,
            List<SuspectCommitResponse> commits,
            @Nullable GroupingResult grouping,
            List<SimilarIssues.Similar> similar) {

        AgentIssue.Summary summary(AgentDetail detail) {
            var substatus = issue.state().substatus();
            return new AgentIssue.Summary(
                    issue.shortId().toString(),
                    permalink,
                    EventText.line(issue.project().slug(), detail.valueBytes()),
                    EventText.line(issue.title(), detail.textBytes()),
                    line(issue.culprit(), detail),
                    issue.level(),
                    issue.status(),
                    substatus == null ? null : substatus.wireName(),
                    issue.priority().wireName(),
                    issue.firstSeen(),
                    issue.lastSeen(),
                    issue.eventCount(),
                    issue.usersAffected(),
                    line(lastGoodRelease, detail),
                    line(issue.firstRelease(), detail),
                    line(issue.lastRelease(), detail),
                    environments.stream()
                            .limit(detail.entries())
                            .map(name -> EventText.line(name, detail.valueBytes()))
                            .toList(),
                    line(issue.platform(), detail));
        }

        List<Suspect> suspects(AgentDetail detail) {
            return commits.stream()
                    .limit(detail.entries())
                    .map(commit -> new Suspect(
                            EventText.line(commit.id(), detail.valueBytes()),
                            line(commit.message(), detail),
                            line(commit.authorName(), detail),
                            commit.committedAt(),
                            line(commit.url(), detail),
                            EventText.line(
                                    "it is in the event's release and changed " + String.join(", ", commit.files()),
                                    detail.valueBytes() * 2)))
                    .toList();
        }

        @Nullable
        GroupedBy groupedBy(AgentDetail detail) {
            if (grouping == null) {
                return null;
            }
            GroupingExplanation explanation = grouping.explanation();
            GroupingExplanation.DecidingRule rule = explanation.rule();
            return new GroupedBy(
                    explanation.strategy(),
                    explanation.variant(),
                    grouping.primary().hex(),
                    rule == null
                            ? null
                            : EventText.line("%s: %s".formatted(rule.origin(), rule.text()), detail.valueBytes()),
                    explanation.hashedTexts().stream()
                            .limit(detail.entries())
                            .map(text -> EventText.line(text, detail.valueBytes()))
                            .toList(),
                    similar.stream()
                            .map(like -> new SimilarTo(
                                    like.issue().id(),
                                    like.issue().shortId().toString(),
                                    EventText.line(like.issue().title(), detail.valueBytes()),
                                    Math.round(like.likeness().score() * 100) / 100.0))
                            .toList());
        }

        private static @Nullable String line(@Nullable String text, AgentDetail detail) {
            return text == null ? null : EventText.line(text, detail.valueBytes());
        }
    }

    /** What the wanted sections need; the rest is not looked for. */
    Found of(StoredIssue issue, Optional<StoredEvent> event, Set<AgentSection> wanted) {
        boolean wantsGrouping = wanted.contains(AgentSection.GROUPING);
        return new Found(
                issue,
                publicUrl.resolve("/ui/issues/" + issue.id()).toString(),
                wanted.contains(AgentSection.SUMMARY) ? issues.environments(issue.id()) : List.of(),
                wanted.contains(AgentSection.SUMMARY) ? lastGoodRelease(issue) : null,
                event.orElse(null),
                wanted.contains(AgentSection.VARIATION)
                        ? events.list(EventFilter.ofIssue(issue.id()), Position.NEWEST, LATEST)
                                .entries()
                        : List.of(),
                sources.mappings(issue.projectId()),
                wanted.contains(AgentSection.SUSPECTS)
                        ? event.map(found -> sources.of(found).suspectCommits()).orElse(List.of())
                        : List.of(),
                wantsGrouping ? event.map(groupings::of).orElse(null) : null,
                wantsGrouping ? similar.of(issue, SIMILAR).similar() : List.of());
    }

    private @Nullable String lastGoodRelease(StoredIssue issue) {
        String first = issue.firstRelease();
        return first == null
                ? null
                : releases.findVersion(issue.projectId(), first)
                        .map(StoredRelease::previous)
                        .map(StoredRelease.Neighbour::version)
                        .orElse(null);
    }
}
