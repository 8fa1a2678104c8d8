package dev.resentry.query.symbolicate;

import dev.resentry.processing.symbolicate.DebugId;
import dev.resentry.processing.symbolicate.MinifiedFrame;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Says of one place in minified code what it comes from, or why that cannot be told. */
@NativeApi
@Tag(name = "Artifacts")
class FrameCheckController {
    private static final int MAX_TEXT = 2_048;

    private final FrameSymbolication symbolication;
    private final ProjectSelection projects;

    FrameCheckController(FrameSymbolication symbolication, ProjectSelection projects) {
        this.symbolication = symbolication;
        this.projects = projects;
    }

    /**
     * A place in minified code.
     *
     * @param url of the file
     * @param line counted from 1
     * @param column counted from 1
     * @param release in which the file is looked for by its names
     * @param debugId of the file, in any spelling
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record FrameCheck(
            @NotBlank @Size(max = MAX_TEXT) String url,
            @NotNull @Min(1) Integer line,
            @NotNull @Min(1) Integer column,
            @Nullable @Size(max = MAX_TEXT) String release,
            @Nullable @Size(max = MAX_TEXT) String dist,
            @Nullable String debugId) {}

    /** Checks a frame: which map was looked for, under which names, and what was found. */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "checkProjectFrame")
    @PostMapping("/api/v1/projects/{id}/check-frame")
    SymbolicatedFrame check(@PathVariable long id, @Valid @RequestBody FrameCheck check, Actor actor) {
        long project = projects.one(actor, Long.toString(id)).id();
        @Nullable
        UUID debugId = check.debugId() == null || check.debugId().isBlank()
                ? null
                : DebugId.parse(check.debugId())
                        .orElseThrow(() ->
                                ApiException.invalid("debug_id", "'%s' (expected: a UUID)".formatted(check.debugId())));
        MinifiedFrame frame = MinifiedFrame.of(check.url(), check.line(), check.column(), "", debugId);
        return SymbolicatedFrame.of(
                frame,
                null,
                symbolication
                        .resolve(project, check.release(), check.dist(), List.of(frame))
                        .getFirst());
    }
}
