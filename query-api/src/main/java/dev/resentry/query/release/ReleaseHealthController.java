package dev.resentry.query.release;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** How the sessions of a release went. */
@NativeApi
@Tag(name = "Releases")
class ReleaseHealthController {
    private final ReleaseSelection selection;
    private final ReleaseHealth health;

    ReleaseHealthController(ReleaseSelection selection, ReleaseHealth health) {
        this.selection = selection;
        this.health = health;
    }

    /**
     * Shows the health of a release.
     *
     * @param environment in which sessions are counted; absent for all, empty for sessions without one
     * @param range how far back: minutes, hours or days such as 24h, which it is if absent; up to 100d
     * @param interval of the series, whole hours for more than 48 hours; absent for one that suits the range
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/releases/{id}/health")
    ReleaseHealthResponse health(
            @PathVariable long id,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable String interval,
            Actor actor) {
        return health.of(selection.one(actor, id), ReleaseSelection.environmentsOf(environment), range, interval);
    }
}
