package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.organization.Organization;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.team.Team;
import dev.resentry.storage.team.TeamStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes answers of projects, with their teams and environments. */
final class SentryProjects {
    private static final Duration LOOK_BACK = Duration.ofDays(30);
    private static final int MOST_ENVIRONMENTS = 100;

    private final ProjectStore projects;
    private final ProjectSelection visible;
    private final TeamStore teams;
    private final RollupQueries rollups;
    private final InstantSource clock;

    SentryProjects(
            ProjectStore projects,
            ProjectSelection visible,
            TeamStore teams,
            RollupQueries rollups,
            InstantSource clock) {
        this.projects = projects;
        this.visible = visible;
        this.teams = teams;
        this.rollups = rollups;
        this.clock = clock;
    }

    SentryProject answer(Organization organization, Project project) {
        return SentryProject.of(
                organization, project, teams.list(), environments(new VisibleProjects(Set.of(project.id()))));
    }

    /** Those that the actor sees and that are wanted, by name. */
    List<SentryProject> list(Organization organization, Actor actor, Predicate<Project> wanted) {
        VisibleProjects seen = visible.of(actor);
        List<Team> all = teams.list();
        return projects.list().stream()
                .filter(project -> seen.contains(project.id()))
                .filter(wanted)
                .map(project -> SentryProject.of(organization, project, all, null))
                .toList();
    }

    /** The environments of the last 30 days. */
    List<String> environments(VisibleProjects of) {
        return rollups.environments(of, clock.instant().minus(LOOK_BACK), MOST_ENVIRONMENTS);
    }

    /** Whether one of some texts holds what was typed, without regard to case. */
    static boolean holds(@Nullable String typed, String... texts) {
        if (typed == null || typed.isBlank()) {
            return true;
        }
        String words = typed.strip().toLowerCase(Locale.ROOT);
        for (String text : texts) {
            if (text.toLowerCase(Locale.ROOT).contains(words)) {
                return true;
            }
        }
        return false;
    }
}
