package dev.resentry.query.symbolicate;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.resentry.processing.symbolicate.DebugId;
import dev.resentry.processing.symbolicate.DebugIds;
import dev.resentry.processing.symbolicate.ErrorStack;
import dev.resentry.processing.symbolicate.JavaStack;
import dev.resentry.processing.symbolicate.MinifiedFrame;
import dev.resentry.processing.symbolicate.Resolution;
import dev.resentry.processing.symbolicate.StackRetrace.Outcome;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.retrace.JavaFrame;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
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
    private static final int MAX_IMAGES = 1_000;

    /** An exception and its causes. */
    private static final int MAX_STACKS = 20;

    /** A program has one, or one for each of a few modules. */
    private static final int MAX_MAPPINGS = 10;

    private static final int MAX_TEXT = 2_048;

    private final FrameSymbolication symbolication;
    private final ProjectSelection projects;

    SymbolicateController(FrameSymbolication symbolication, ProjectSelection projects) {
        this.symbolication = symbolication;
        this.projects = projects;
    }

    /**
     * Frames of minified code, as a list or as an error's {@code stack}. Where {@code debug_meta} has an image of type {@code proguard}, they
     * are of Java or Kotlin.
     *
     * @param project its slug or id
     * @param environment for clients that send it; files are those of a release wherever it runs
     * @param frames the oldest call first
     * @param debugMeta of an SDK's event: the debug ids of files, the ids of mappings of R8 or ProGuard
     * @param stack as Chrome, Firefox or Safari write it, or as Java does
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record SymbolicateRequest(
            @NotBlank String project,
            @Nullable @Size(max = MAX_TEXT) String release,
            @Nullable @Size(max = MAX_TEXT) String dist,
            @Nullable String environment,
            @Nullable @Size(max = MAX_FRAMES) List<@NotNull @Valid FrameRequest> frames,
            @Nullable @Valid DebugMeta debugMeta,
            @Nullable @Size(max = MAX_STACK) String stack) {}

    /**
     * A frame, by names of its own or as an SDK's event has it; what else such a frame has is passed over.
     *
     * @param file its URL or path; {@code url} does as well
     * @param absPath the same in events of SDKs
     * @param filename the same in events whose frames have no {@code abs_path}
     * @param module the class with its package, of a frame of Java
     * @param line counted from 1; {@code lineno} does as well
     * @param column counted from 1; {@code colno} does as well
     * @param inApp for the answer, where the map does not tell
     * @param debugId of the file, in any spelling
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record FrameRequest(
            @Nullable @Size(max = MAX_TEXT) @JsonAlias("url")
            String file,

            @Nullable @Size(max = MAX_TEXT) String absPath,
            @Nullable @Size(max = MAX_TEXT) String filename,
            @Nullable @Size(max = MAX_TEXT) String module,

            @Nullable @JsonAlias("lineno") Integer line,

            @Nullable @JsonAlias({"colno", "col"}) Integer column,

            @Nullable @Size(max = MAX_TEXT) @JsonAlias("name")
            String function,

            @Nullable Boolean inApp,
            @Nullable String debugId) {

        /** @param place of the frame in the request */
        MinifiedFrame frame(String place) {
            return MinifiedFrame.of(
                    path(place),
                    line == null ? 0 : line,
                    column == null ? 0 : column,
                    function == null ? "" : function,
                    parsedDebugId(place));
        }

        /** As a frame of Java. */
        JavaFrame javaFrame(String place) {
            if (module == null || !JavaStack.isClassName(module)) {
                throw ApiException.invalid(
                        place + ".module",
                        module == null || module.isBlank()
                                ? "missing (expected: the class with its package)"
                                : "'%s' (expected: the class with its package)".formatted(module));
            }
            if (function == null || function.isBlank()) {
                throw ApiException.invalid(place + ".function", "missing (expected: the method)");
            }
            String named = filename == null ? file : filename;
            return new JavaFrame(module, function, named, line == null ? 0 : Math.max(0, line));
        }

        private String path(String place) {
            for (@Nullable String name : new @Nullable String[] {file, absPath, filename}) {
                if (name != null && !name.isBlank()) {
                    return name;
                }
            }
            throw ApiException.invalid(place + ".file", "missing (expected: file, abs_path or filename)");
        }

        private @Nullable UUID parsedDebugId(String place) {
            return debugId == null || debugId.isBlank()
                    ? null
                    : DebugId.parse(debugId)
                            .orElseThrow(() -> ApiException.invalid(
                                    place + ".debug_id", "'%s' (expected: a UUID)".formatted(debugId)));
        }
    }

    /** The part of an event that tells debug ids; what else it has is passed over. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record DebugMeta(@Nullable @Size(max = MAX_IMAGES) List<@NotNull @Valid DebugImage> images) {
        DebugIds debugIds() {
            return DebugIds.of(
                    images == null
                            ? List.of()
                            : images.stream().map(DebugImage::image).toList());
        }

        List<UUID> mappings() {
            List<UUID> mappings = images == null
                    ? List.of()
                    : images.stream()
                            .filter(DebugImage::isMapping)
                            .map(DebugImage::mapping)
                            .distinct()
                            .toList();
            if (mappings.size() > MAX_MAPPINGS) {
                throw ApiException.invalid(
                        "debug_meta.images",
                        "%d mappings (expected: %d at most)".formatted(mappings.size(), MAX_MAPPINGS));
            }
            return mappings;
        }
    }

    /**
     * A file, and its debug id.
     *
     * @param type of others than {@code sourcemap} and {@code proguard} nothing is read
     * @param codeFile its URL or path, as frames have it
     * @param uuid the id of a mapping; {@code debug_id} does as well
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "SymbolicateDebugImage")
    record DebugImage(
            @Nullable String type,
            @Nullable String codeFile,
            @Nullable String debugId,
            @Nullable String uuid) {
        boolean isMapping() {
            return "proguard".equals(type);
        }

        UUID mapping() {
            String id = uuid == null ? Objects.requireNonNullElse(debugId, "") : uuid;
            return DebugId.parse(id)
                    .orElseThrow(() -> ApiException.invalid(
                            "debug_meta.images", "'%s' (expected: uuid, the id of a mapping)".formatted(id)));
        }

        DebugIds.Image image() {
            return new DebugIds.Image(
                    Objects.requireNonNullElse(type, ""),
                    Objects.requireNonNullElse(codeFile, ""),
                    Objects.requireNonNullElse(debugId, ""));
        }
    }

    /** @param frames in the order of the request; one of Java into which others were inlined is several */
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
        List<UUID> mappings =
                request.debugMeta() == null ? List.of() : request.debugMeta().mappings();
        if (!mappings.isEmpty()) {
            return retraced(project, request, mappings);
        }
        DebugIds debugIds = request.debugMeta() == null
                ? DebugIds.of(List.of())
                : request.debugMeta().debugIds();
        List<FrameRequest> given = request.frames();
        if (given != null) {
            List<MinifiedFrame> frames = IntStream.range(0, given.size())
                    .mapToObj(i -> given.get(i).frame("frames[%d]".formatted(i)).with(debugIds))
                    .toList();
            return answer(
                    frames, inApp(given), symbolication.resolve(project, request.release(), request.dist(), frames));
        }
        List<MinifiedFrame> frames = ErrorStack.parse(request.stack()).stream()
                .map(frame -> frame.with(debugIds))
                .toList();
        List<Resolution> resolutions =
                symbolication.resolve(project, request.release(), request.dist(), frames.reversed());
        return answer(frames, Collections.nCopies(frames.size(), null), resolutions.reversed());
    }

    private SymbolicateResponse retraced(long project, SymbolicateRequest request, List<UUID> mappings) {
        List<FrameRequest> given = request.frames();
        if (given == null) {
            List<JavaStack> stacks = JavaStack.parse(String.valueOf(request.stack()));
            if (stacks.size() > MAX_STACKS) {
                throw ApiException.invalid(
                        "stack", "%d exceptions (expected: %d at most)".formatted(stacks.size(), MAX_STACKS));
            }
            List<Outcome> outcomes = stacks.isEmpty() ? List.of() : symbolication.retrace(project, stacks, mappings);
            return new SymbolicateResponse(IntStream.range(0, stacks.size())
                    .boxed()
                    .flatMap(i -> {
                        JavaStack stack = stacks.get(i);
                        List<@Nullable Boolean> untold =
                                Collections.nCopies(stack.frames().size(), null);
                        return RetracedStack.frames(stack, untold, mappings, outcomes.get(i)).stream();
                    })
                    .toList());
        }
        List<JavaFrame> frames = IntStream.range(0, given.size())
                .mapToObj(i -> given.get(i).javaFrame("frames[%d]".formatted(i)))
                .toList();
        var stack = new JavaStack(null, frames.reversed());
        Outcome outcome =
                symbolication.retrace(project, List.of(stack), mappings).getFirst();
        return new SymbolicateResponse(RetracedStack.frames(stack, inApp(given).reversed(), mappings, outcome)
                .reversed());
    }

    private static List<@Nullable Boolean> inApp(List<FrameRequest> given) {
        List<@Nullable Boolean> inApp = new ArrayList<>();
        given.forEach(frame -> inApp.add(frame.inApp()));
        return inApp;
    }

    private static SymbolicateResponse answer(
            List<MinifiedFrame> frames, List<@Nullable Boolean> inApp, List<Resolution> resolutions) {
        List<SymbolicatedFrame> answer = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            answer.add(SymbolicatedFrame.of(frames.get(i), inApp.get(i), resolutions.get(i)));
        }
        return new SymbolicateResponse(answer);
    }
}
