package dev.resentry.query.symbolicate;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.resentry.processing.symbolicate.DebugId;
import dev.resentry.processing.symbolicate.ErrorStack;
import dev.resentry.processing.symbolicate.MinifiedFrame;
import dev.resentry.processing.symbolicate.Resolution;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Makes frames readable that are in no event. */
@NativeApi
@Tag(name = "Artifacts")
class SymbolicateController {
    private static final int MAX_FRAMES = 250;
    private static final int MAX_STACK = 200_000;
    private static final int MAX_TEXT = 2_048;

    private final FrameSymbolication symbolication;
    private final ProjectSelection projects;

    SymbolicateController(FrameSymbolication symbolication, ProjectSelection projects) {
        this.symbolication = symbolication;
        this.projects = projects;
    }

    /**
     * Frames of minified code, as a list or as an error's {@code stack}.
     *
     * @param project its slug or id
     * @param environment for clients that send it; files are those of a release wherever it runs
     * @param frames the oldest call first
     * @param stack as Chrome, Firefox or Safari write it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record SymbolicateRequest(
            @NotBlank String project,
            @Nullable @Size(max = MAX_TEXT) String release,
            @Nullable @Size(max = MAX_TEXT) String dist,
            @Nullable String environment,
            @Nullable @Size(max = MAX_FRAMES) List<@NotNull @Valid FrameRequest> frames,
            @Nullable @Size(max = MAX_STACK) String stack) {}

    /**
     * A frame; the names of SDKs do as well.
     *
     * @param file its URL or path
     * @param line counted from 1
     * @param column counted from 1
     * @param debugId of the file, in any spelling
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record FrameRequest(
            @NotBlank @Size(max = MAX_TEXT) @JsonAlias({"abs_path", "filename", "url"})
            String file,

            @NotNull @JsonAlias("lineno") Integer line,
            @Nullable @JsonAlias({"colno", "col"}) Integer column,

            @Nullable @Size(max = MAX_TEXT) @JsonAlias("name")
            String function,

            @Nullable String debugId) {

        MinifiedFrame frame() {
            return MinifiedFrame.of(
                    file,
                    line,
                    column == null ? 0 : column,
                    function == null ? "" : function,
                    debugId == null ? null : DebugId.parse(debugId).orElse(null));
        }
    }

    /** @param frames in the order of the request */
    record SymbolicateResponse(List<SymbolicatedFrame> frames) {}

    /** Finds the original code of frames. */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "symbolicate")
    @PostMapping("/api/symbolicate")
    SymbolicateResponse symbolicate(@Valid @RequestBody SymbolicateRequest request, Actor actor) {
        long project = projects.one(actor, request.project()).id();
        if ((request.frames() == null) == (request.stack() == null)) {
            throw ApiException.invalid("frames", "either frames or a stack is expected");
        }
        if (request.frames() != null) {
            List<MinifiedFrame> frames =
                    request.frames().stream().map(FrameRequest::frame).toList();
            return answer(frames, symbolication.resolve(project, request.release(), request.dist(), frames));
        }
        List<MinifiedFrame> frames = ErrorStack.parse(request.stack());
        List<Resolution> resolutions =
                symbolication.resolve(project, request.release(), request.dist(), frames.reversed());
        return answer(frames, resolutions.reversed());
    }

    private static SymbolicateResponse answer(List<MinifiedFrame> frames, List<Resolution> resolutions) {
        List<SymbolicatedFrame> answer = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            answer.add(SymbolicatedFrame.of(frames.get(i), resolutions.get(i)));
        }
        return new SymbolicateResponse(answer);
    }
}
