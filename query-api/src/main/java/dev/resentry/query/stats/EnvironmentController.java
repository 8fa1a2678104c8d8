package dev.resentry.query.stats;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.rollup.RollupQueries;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Names the environments that there are. */
@NativeApi
@Tag(name = "Statistics")
class EnvironmentController {
    private static final Duration LOOK_BACK = Duration.ofDays(30);
    private static final int MAX = 100;

    private final RollupQueries rollups;
    private final ProjectSelection projects;
    private final InstantSource clock;

    EnvironmentController(RollupQueries rollups, ProjectSelection projects, InstantSource clock) {
        this.rollups = rollups;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * The environments of the last 30 days, in their order, at most 100.
     *
     * @param project slugs or ids; absent for all
     */
    @GetMapping("/api/v1/environments")
    @Allowed(Scope.EVENT_READ)
    List<String> list(@RequestParam @Nullable List<String> project, Actor actor) {
        return rollups.environments(projects.of(actor, project), clock.instant().minus(LOOK_BACK), MAX);
    }
}
