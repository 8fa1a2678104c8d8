package dev.resentry.query.pipeline;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;

/** The pipeline at a glance. */
@NativeApi
@Tag(name = "Pipeline")
class PipelineController {
    private final PipelineFigures figures;
    private final ProjectAccess access;

    PipelineController(PipelineFigures figures, ProjectAccess access) {
        this.figures = figures;
        this.access = access;
    }

    /** Figures of the last seconds. A figure that cannot be had now is null. */
    @GetMapping("/api/v1/pipeline")
    @Allowed(Scope.ORG_READ)
    PipelineResponse get(Actor actor) {
        return figures.latest().visibleTo(access.of(actor));
    }
}
