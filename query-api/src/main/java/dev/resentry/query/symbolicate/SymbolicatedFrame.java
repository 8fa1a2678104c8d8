package dev.resentry.query.symbolicate;

import dev.resentry.processing.symbolicate.MinifiedFrame;
import dev.resentry.processing.symbolicate.Resolution;
import dev.resentry.retrace.JavaFrame;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A frame with what it comes from. Lines and columns count from 1.
 *
 * @param file as it was asked
 * @param module the class as it was asked, of a frame of Java
 * @param symbolicated whether its original was found
 * @param origFile the original file
 * @param origModule the class that R8 or ProGuard has renamed, of a frame of Java
 * @param origFunction the function around the place, or what its caller calls it; null if neither has a name
 * @param inApp whether it is of the program itself; null if neither the map nor the request tells
 * @param preContext the lines in front of the original one
 * @param contextLine the original line, cut to what fits on a screen
 * @param sourcemap the name of the map; of a frame of Java the id of the mapping
 * @param resolvedWith {@code debug-id}, {@code release}, {@code function-map} or {@code proguard}
 * @param problem what is missing or wrong, by the names of an event's errors
 * @param reason the same for people, with what to do
 * @param lookedFor the names under which the file or its map were looked for, in order
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "SymbolicatedFrame")
record SymbolicatedFrame(
        String file,
        @Nullable String module,
        int line,
        int column,
        @Nullable String function,
        boolean symbolicated,
        @Nullable String origFile,
        @Nullable Integer origLine,
        @Nullable Integer origColumn,
        @Nullable String origModule,
        @Nullable String origFunction,
        @Nullable Boolean inApp,
        @Nullable List<String> preContext,
        @Nullable String contextLine,
        @Nullable List<String> postContext,
        @Nullable String sourcemap,
        @Nullable String resolvedWith,
        @Nullable String problem,
        @Nullable String reason,
        List<String> lookedFor) {

    /** @param inApp what the sender says; the map knows better where it tells */
    static SymbolicatedFrame of(MinifiedFrame frame, @Nullable Boolean inApp, Resolution resolution) {
        return switch (resolution) {
            case Resolution.Original original -> found(frame, inApp, original);
            case Resolution.Unresolved(List<String> lookedFor, var problem, String reason) ->
                missing(frame, inApp, problem.kind().wireName(), reason, lookedFor);
            case Resolution.NoFile() ->
                missing(frame, inApp, null, "Neither a file nor a place in it that could be looked up.", List.of());
        };
    }

    private static SymbolicatedFrame found(MinifiedFrame frame, @Nullable Boolean inApp, Resolution.Original original) {
        Resolution.Context context = original.context();
        return new SymbolicatedFrame(
                frame.url(),
                null,
                frame.line(),
                frame.column(),
                blankToNull(frame.function()),
                true,
                original.file(),
                original.line(),
                original.column(),
                null,
                blankToNull(original.function()),
                original.inApp() == null ? inApp : original.inApp(),
                context == null ? null : context.before(),
                context == null ? null : context.line(),
                context == null ? null : context.after(),
                original.map(),
                original.by().wireName(),
                null,
                null,
                original.lookedFor());
    }

    /** A frame of Java, which was this before its program was renamed. */
    static SymbolicatedFrame renamed(JavaFrame frame, @Nullable Boolean inApp, JavaFrame original, UUID mapping) {
        return new SymbolicatedFrame(
                Objects.requireNonNullElse(frame.file(), ""),
                frame.className(),
                frame.line(),
                0,
                frame.method(),
                true,
                original.file(),
                original.line() == 0 ? null : original.line(),
                null,
                original.className(),
                original.method(),
                inApp,
                null,
                null,
                null,
                mapping.toString(),
                "proguard",
                null,
                null,
                List.of(debugId(mapping)));
    }

    /** A frame of Java that stays as it is. */
    static SymbolicatedFrame notRenamed(
            JavaFrame frame, @Nullable Boolean inApp, @Nullable String problem, String reason, List<UUID> mappings) {
        return unresolved(
                Objects.requireNonNullElse(frame.file(), ""),
                frame.className(),
                frame.line(),
                0,
                frame.method(),
                inApp,
                problem,
                reason,
                mappings.stream().map(SymbolicatedFrame::debugId).toList());
    }

    private static String debugId(UUID mapping) {
        return "debug id " + mapping;
    }

    private static SymbolicatedFrame missing(
            MinifiedFrame frame,
            @Nullable Boolean inApp,
            @Nullable String problem,
            String reason,
            List<String> lookedFor) {
        return unresolved(
                frame.url(),
                null,
                frame.line(),
                frame.column(),
                blankToNull(frame.function()),
                inApp,
                problem,
                reason,
                lookedFor);
    }

    private static SymbolicatedFrame unresolved(
            String file,
            @Nullable String module,
            int line,
            int column,
            @Nullable String function,
            @Nullable Boolean inApp,
            @Nullable String problem,
            String reason,
            List<String> lookedFor) {
        return new SymbolicatedFrame(
                file, module, line, column, function, false, null, null, null, null, null, inApp, null, null, null,
                null, null, problem, reason, lookedFor);
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
