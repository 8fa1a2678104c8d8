package dev.resentry.query.replay;

import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Says what a replay would have to do, before somebody asks for it. */
@NativeApi
@Tag(name = "Replays")
class ReplayEstimateController {
    private final ReplayEstimates estimates;

    ReplayEstimateController(ReplayEstimates estimates) {
        this.estimates = estimates;
    }

    /**
     * How much there is to process again.
     *
     * @param from envelopes that arrived then or later
     * @param to envelopes that arrived before
     * @param project ids; absent for all
     */
    @GetMapping("/api/v1/replays/estimate")
    @Allowed(Scope.EVENT_ADMIN)
    ReplayEstimates.Estimate estimate(
            @RequestParam Instant from, @RequestParam Instant to, @RequestParam @Nullable List<Long> project) {
        return estimates.of(from, to, project);
    }
}
