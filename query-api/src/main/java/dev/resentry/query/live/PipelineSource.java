package dev.resentry.query.live;

import dev.resentry.query.access.Scope;
import dev.resentry.query.pipeline.PipelineFigures;
import java.time.Duration;
import java.time.InstantSource;

/** Shows listeners how the pipeline fares, every few seconds while there are any. */
final class PipelineSource {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final LiveFeed feed;
    private final PipelineFigures figures;
    private final InstantSource clock;
    private long shownAt;

    PipelineSource(LiveFeed feed, PipelineFigures figures, InstantSource clock) {
        this.feed = feed;
        this.figures = figures;
        this.clock = clock;
    }

    void look() {
        long now = clock.millis();
        if (feed.listeners() > 0 && now - shownAt >= EVERY.toMillis()) {
            shownAt = now;
            feed.show("pipeline", Scope.ORG_READ, figures.latest()::visibleTo);
        }
    }
}
