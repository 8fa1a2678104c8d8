package dev.resentry.processor.spike;

import dev.resentry.model.issue.state.Escalation;
import dev.resentry.processing.spike.SpikeBaseline;
import dev.resentry.processing.spike.SpikeIncident;
import dev.resentry.storage.spike.NewSpike;
import dev.resentry.storage.spike.OpenSpike;
import dev.resentry.storage.spike.SpikeCounts;
import dev.resentry.storage.spike.SpikeCounts.BusyIssue;
import dev.resentry.storage.spike.SpikeCounts.SameHour;
import dev.resentry.storage.spike.SpikeProtection;
import dev.resentry.storage.spike.SpikeStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins spikes of projects and issues, follows them and ends them. Counts by the events' own time and looks at the last minutes and
 * the hour under way alone, so that what is replayed begins none.
 */
final class SpikeDetection {
    private static final Logger LOG = LoggerFactory.getLogger(SpikeDetection.class);

    private final SpikeCounts counts;
    private final SpikeStore store;
    private final SpikeProtection protection;

    SpikeDetection(SpikeCounts counts, SpikeStore store, SpikeProtection protection) {
        this.counts = counts;
        this.store = store;
        this.protection = protection;
    }

    /** Looks once, as of some time. */
    void run(Instant now) {
        List<OpenSpike> open = store.open();
        List<NewSpike> begun = new ArrayList<>();
        List<OpenSpike> current = new ArrayList<>();
        lookAtProjects(open, begun, current, now);
        lookAtIssues(open, begun, current, now);
        store.begin(begun, now);
        List<OpenSpike> over =
                current.stream().filter(spike -> incident(spike).isOver(now)).toList();
        current.removeAll(open);
        store.goOn(current);
        store.end(over, now);
        store.nameCauses(now);
        int limits = protection.apply(now);
        if (!begun.isEmpty() || !over.isEmpty() || limits > 0) {
            LOG.atInfo()
                    .addKeyValue("begun", begun.size())
                    .addKeyValue("ended", over.size())
                    .addKeyValue("limitsChanged", limits)
                    .log("Spikes changed");
        }
    }

    private void lookAtProjects(List<OpenSpike> open, List<NewSpike> begun, List<OpenSpike> current, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        Map<Long, SortedMap<Instant, Long>> minutes = counts.minutes(minute.minus(SpikeIncident.LOOK_BACK), minute);
        Set<Long> spiking = new HashSet<>();
        for (OpenSpike spike : open) {
            if (spike.issueId() == 0) {
                spiking.add(spike.projectId());
                current.add(changed(
                        spike, incident(spike).afterMinutes(minutes.getOrDefault(spike.projectId(), new TreeMap<>()))));
            }
        }
        Map<Long, SortedMap<Instant, Long>> busy = new HashMap<>();
        minutes.forEach((project, ofProject) -> {
            if (!spiking.contains(project)
                    && ofProject.values().stream().anyMatch(events -> events > SpikeBaseline.FLOOR)) {
                busy.put(project, ofProject);
            }
        });
        if (busy.isEmpty()) {
            return;
        }
        Map<Long, SameHour> usual = counts.sameHours(busy.keySet(), now, SpikeBaseline.DAYS);
        // Behind the full hour, some of the minutes are of the hour before.
        Map<Long, SameHour> usualBefore =
                counts.sameHours(busy.keySet(), minute.minus(SpikeIncident.LOOK_BACK), SpikeBaseline.DAYS);
        busy.forEach((project, ofProject) -> {
            SpikeBaseline baseline = higher(baseline(usual.get(project)), baseline(usualBefore.get(project)));
            SpikeIncident.ofProject(ofProject, baseline)
                    .ifPresent(
                            incident -> begun.add(begun(project, 0, incident, baseline.usual(), baseline.isShort())));
        });
    }

    private static SpikeBaseline higher(SpikeBaseline one, SpikeBaseline other) {
        return one.threshold() >= other.threshold() ? one : other;
    }

    private static SpikeBaseline baseline(@Nullable SameHour hour) {
        return hour == null || hour.isUnknown()
                ? SpikeBaseline.ofYoungProject()
                : SpikeBaseline.of(hour.yesterday(), hour.earlier());
    }

    /** What is unusual of an issue is what has ignored ones escalate. */
    private void lookAtIssues(List<OpenSpike> open, List<NewSpike> begun, List<OpenSpike> current, Instant now) {
        List<OpenSpike> ofIssues =
                open.stream().filter(spike -> spike.issueId() != 0).toList();
        Set<Long> spiking = ofIssues.stream().map(OpenSpike::issueId).collect(Collectors.toSet());
        Map<Long, BusyIssue> busy = counts.busyIssues(now, Escalation.LEAST, spiking).stream()
                .collect(Collectors.toMap(BusyIssue::id, issue -> issue));
        for (OpenSpike spike : ofIssues) {
            BusyIssue issue = busy.get(spike.issueId());
            current.add(issue == null ? spike : changed(spike, incident(spike).afterHour(issue.events(), now)));
        }
        List<BusyIssue> candidates = busy.values().stream()
                .filter(issue -> !spiking.contains(issue.id()))
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        Map<Long, long[]> before =
                counts.hoursBefore(candidates.stream().map(BusyIssue::id).toList(), now, Escalation.HOURS);
        Instant weekAgo = now.truncatedTo(ChronoUnit.HOURS).minus(Escalation.HOURS, ChronoUnit.HOURS);
        for (BusyIssue issue : candidates) {
            boolean isYoung = issue.firstSeen().isAfter(weekAgo);
            long[] hours = before.getOrDefault(issue.id(), new long[Escalation.HOURS]);
            // Of one that began in this hour nothing is usual: it is new, which others tell of.
            if (!isYoung || before.containsKey(issue.id())) {
                long usual = Math.round(Arrays.stream(hours).average().orElse(0));
                SpikeIncident.ofIssue(issue.events(), Escalation.threshold(hours, isYoung), now)
                        .ifPresent(
                                incident -> begun.add(begun(issue.projectId(), issue.id(), incident, usual, isYoung)));
            }
        }
    }

    private static NewSpike begun(long project, long issue, SpikeIncident incident, long usual, boolean isShort) {
        return new NewSpike(
                project,
                issue,
                incident.startedAt(),
                incident.lastAt(),
                incident.peak(),
                usual,
                incident.threshold(),
                isShort);
    }

    private static SpikeIncident incident(OpenSpike spike) {
        return new SpikeIncident(spike.startedAt(), spike.lastAt(), spike.peak(), spike.threshold());
    }

    private static OpenSpike changed(OpenSpike spike, SpikeIncident incident) {
        return new OpenSpike(
                spike.id(),
                spike.projectId(),
                spike.issueId(),
                spike.startedAt(),
                incident.lastAt(),
                incident.peak(),
                spike.threshold());
    }
}
