package dev.resentry.storage.regroup;

import dev.resentry.storage.project.ProjectProcessing;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.regroup.Regroup.Rules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replaces the rules of a project, unless somebody has changed them. */
final class ProjectRulesChange {
    private final ProjectProcessingStore store;

    ProjectRulesChange(JdbcClient jdbc) {
        this.store = new ProjectProcessingStore(jdbc);
    }

    /**
     * Replaces them.
     *
     * @param expected what they have to be so far
     * @return why it was not done; empty if it was
     * @throws ConcurrencyFailureException if somebody changes them just now
     */
    Optional<String> replace(long project, Rules expected, Rules next, String by) {
        Optional<ProjectProcessing> stored = store.find(project);
        if (!current(stored).equals(expected)) {
            return stored.map(found -> "the project's grouping rules were changed by %s at %s"
                    .formatted(found.updatedBy(), found.updatedAt()));
        }
        if (!next.equals(expected)) {
            long revision = stored.map(ProjectProcessing::revision).orElse(0L);
            if (store.replaceGroupingRules(project, next.fingerprints(), next.stacktraces(), revision, by)
                    .isEmpty()) {
                throw new ConcurrencyFailureException("the rules of project %d are being changed".formatted(project));
            }
        }
        return Optional.empty();
    }

    /** The rules that a project has. */
    Rules current(long project) {
        return current(store.find(project));
    }

    private static Rules current(Optional<ProjectProcessing> stored) {
        return stored.map(ProjectRulesChange::rules).orElse(new Rules("", ""));
    }

    private static Rules rules(ProjectProcessing stored) {
        return new Rules(text(stored.fingerprintRules()), text(stored.stacktraceRules()));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
