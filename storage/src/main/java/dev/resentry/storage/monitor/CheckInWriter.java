package dev.resentry.storage.monitor;

import static java.util.Comparator.comparing;

import dev.resentry.model.cron.CheckInStatus;
import dev.resentry.model.cron.Crontab;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.TableChange;
import dev.resentry.storage.monitor.CheckInRows.RunKey;
import dev.resentry.storage.monitor.LockedMonitors.Environment;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Writes check-ins, each into the row of its run, and has judged what follows for its monitor. What a replay finds that is not known is
 * written too; nothing follows from it.
 */
public final class CheckInWriter implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.MONITORS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<CheckInItem> items = CheckInItem.of(batch);
        if (items.isEmpty()) {
            return;
        }
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(batch.connection(), true));
        LockedMonitors monitors = LockedMonitors.of(jdbc, batch.cause(), batch.at(), items);
        List<Placed> placed = new ArrayList<>();
        items.forEach(
                item -> monitors.environment(item).ifPresent(environment -> placed.add(new Placed(item, environment))));
        boolean replayed = batch.cause() == Cause.REPLAY;
        // When their check-ins are due has changed, whichever of them checks in.
        List<Long> configured = replayed ? List.of() : monitors.configured();
        Set<Long> judged = new TreeSet<>(configured);
        if (placed.isEmpty() && judged.isEmpty()) {
            return;
        }
        var rows = new CheckInRows(jdbc);
        var runs = new Runs(rows, placed);
        placed.forEach(runs::add);
        List<StoredCheckIn> changed = runs.changed(replayed ? batch.at() : Instant.MIN);
        rows.write(changed);
        if (replayed) {
            batch.noteChange(TableChange.of(
                    "check_ins",
                    0,
                    changed.size(),
                    0,
                    changed.stream().map(row -> "changed " + row.id()).toList()));
            return;
        }
        if (!changed.isEmpty()) {
            rows.unmiss(changed);
            changed.forEach(row -> judged.add(row.environmentId()));
        }
        if (!judged.isEmpty()) {
            new MonitorJudgement(jdbc).judge(judged);
        }
    }

    private record Placed(CheckInItem item, Environment environment) {}

    /** The runs that a batch tells of, as they are known while its items are added one after the other. */
    private static final class Runs {
        private final Map<RunKey, StoredCheckIn> before = new HashMap<>();
        private final Map<RunKey, StoredCheckIn> runs = new LinkedHashMap<>();
        private final Set<UUID> applied = new HashSet<>();

        /** By environment, of those that an item of the batch has come for what was due. */
        private final Map<Long, Instant> due = new HashMap<>();

        Runs(CheckInRows rows, List<Placed> placed) {
            List<RunKey> named = new ArrayList<>();
            List<UUID> unnamed = new ArrayList<>();
            Set<Long> environments = new TreeSet<>();
            for (Placed one : placed) {
                UUID id = one.item().checkIn().id();
                named.add(new RunKey(
                        one.environment().id(), id == null ? one.item().id() : id));
                if (id == null) {
                    unnamed.add(one.item().id());
                    environments.add(one.environment().id());
                }
            }
            before.putAll(rows.find(named));
            if (!unnamed.isEmpty()) {
                rows.inProgress(environments).forEach(row -> before.put(RunKey.of(row), row));
                rows.endedBy(unnamed).forEach(row -> applied.add(row.endedBy()));
            }
            runs.putAll(before);
        }

        void add(Placed placed) {
            CheckInItem item = placed.item();
            UUID id = item.checkIn().id();
            if (id == null) {
                if (applied.contains(item.id())) {
                    return;
                }
                StoredCheckIn latest = item.checkIn().status() == CheckInStatus.IN_PROGRESS
                        ? null
                        : latestInProgress(placed.environment().id(), item.at());
                id = latest == null ? item.id() : latest.id();
            }
            Environment of = placed.environment();
            // What tells more of a run that is known is not the run that was due next.
            Instant expected = runs.containsKey(new RunKey(of.id(), id)) ? null : expected(placed);
            StoredCheckIn said = item.begin(of.id(), id, of.settings(), expected);
            runs.merge(RunKey.of(said), said, StoredCheckIn::and);
        }

        private @Nullable StoredCheckIn latestInProgress(long environment, Instant until) {
            return runs.values().stream()
                    .filter(row -> row.environmentId() == environment
                            && row.status() == CheckInStatus.IN_PROGRESS
                            && !row.at().isAfter(until))
                    .max(comparing(StoredCheckIn::at))
                    .orElse(null);
        }

        /** The time that a check-in is that of, if one was due. */
        private @Nullable Instant expected(Placed placed) {
            Environment of = placed.environment();
            Instant at = placed.item().at();
            Instant known = due.get(of.id());
            Instant next = known == null ? of.nextAt() : known;
            if (next == null || at.plus(Crontab.CLOCK_TOLERANCE).isBefore(next)) {
                return null;
            }
            Instant after = of.settings().next(of.settings().accountedForBy(at));
            if (after != null) {
                due.put(of.id(), after);
            }
            return next;
        }

        /**
         * Those that are new or not what they were.
         *
         * @param timedOut what is in progress and should have ended before has timed out, and nobody is told
         */
        List<StoredCheckIn> changed(Instant timedOut) {
            return runs.values().stream()
                    .map(row -> row.status() == CheckInStatus.IN_PROGRESS
                                    && row.timeoutAt().isBefore(timedOut)
                                    && !before.containsKey(RunKey.of(row))
                            ? row.timedOut()
                            : row)
                    .filter(row -> !row.equals(before.get(RunKey.of(row))))
                    .toList();
        }
    }
}
