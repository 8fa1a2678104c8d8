package dev.resentry.processing.symbolicate;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.retrace.CodeMapping;
import dev.resentry.retrace.JavaFrame;
import dev.resentry.retrace.MalformedMappingException;
import dev.resentry.retrace.RetracedTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a stack trace that is in no event the names back that R8 or ProGuard has taken, as it is done with events that arrive. */
public final class StackRetrace {
    private final ReadFiles read;

    public StackRetrace(Symbolicator symbolicator) {
        this.read = symbolicator.read();
    }

    /** What became of a stack trace. */
    public sealed interface Outcome {
        /**
         * Its frames have their names.
         *
         * @param mapping the id of the mapping
         * @param frames in the order in which they were given
         */
        record Retraced(UUID mapping, List<RetracedFrame> frames) implements Outcome {
            public Retraced {
                frames = List.copyOf(frames);
            }
        }

        /**
         * It stays as it is.
         *
         * @param reason what is missing or wrong and what to do, for people
         */
        record Unresolved(Problem problem, String reason) implements Outcome {}
    }

    /**
     * What a frame was.
     *
     * @param known whether the mapping knows its class
     * @param originals several if others were inlined into it, the one nearest to the crash first; none if only the compiler made it
     */
    public record RetracedFrame(boolean known, List<JavaStack.Frame> originals) {
        public RetracedFrame {
            originals = List.copyOf(originals);
        }
    }

    private record Found(UUID id, CodeMapping mapping) {
        long known(JavaStack stack) {
            return stack.frames().stream()
                    .filter(frame -> mapping.knows(frame.module()))
                    .count();
        }
    }

    /**
     * Retraces a stack trace by that of some mappings which knows the most of its frames.
     *
     * @param mappings ids of mappings
     */
    public Outcome apply(JavaStack stack, List<UUID> mappings, CodeFiles files) {
        List<CodeFile> uploaded = files.byDebugIds(mappings).stream()
                .filter(file -> file.kind() == CodeFile.Kind.PROGUARD)
                .toList();
        Found best = null;
        Outcome.Unresolved problem = null;
        for (UUID id : mappings) {
            CodeFile file = uploaded.stream()
                    .filter(one -> id.equals(one.debugId()))
                    .findFirst()
                    .orElse(null);
            if (file == null) {
                problem = new Outcome.Unresolved(Problem.MISSING_MAPPING, EventRetrace.missing(id));
                continue;
            }
            switch (read.mapping(file, files)) {
                case CodeMapping.Reading.Read(CodeMapping mapping) -> {
                    var found = new Found(id, mapping);
                    if (best == null || found.known(stack) > best.known(stack)) {
                        best = found;
                    }
                }
                case CodeMapping.Reading.Malformed(String cause) ->
                    problem =
                            new Outcome.Unresolved(Problem.INVALID_MAPPING, EventRetrace.malformed(file.name(), cause));
            }
        }
        if (best == null) {
            return problem == null ? new Outcome.Unresolved(Problem.MISSING_MAPPING, "No mapping is named.") : problem;
        }
        try {
            return new Outcome.Retraced(best.id(), frames(stack, best.mapping()));
        } catch (MalformedMappingException e) {
            return new Outcome.Unresolved(
                    Problem.INVALID_MAPPING, EventRetrace.malformed(best.id().toString(), e.reason()));
        }
    }

    private static List<RetracedFrame> frames(JavaStack stack, CodeMapping mapping) throws MalformedMappingException {
        @Nullable String thrown = stack.thrown();
        RetracedTrace trace = mapping.retrace(
                thrown,
                stack.frames().stream()
                        .map(frame -> new JavaFrame(frame.module(), frame.function(), frame.file(), frame.line()))
                        .toList());
        List<RetracedFrame> frames = new ArrayList<>();
        for (int i = 0; i < stack.frames().size(); i++) {
            frames.add(new RetracedFrame(
                    mapping.knows(stack.frames().get(i).module()),
                    trace.frames().get(i).stream()
                            .map(frame ->
                                    new JavaStack.Frame(frame.className(), frame.method(), frame.file(), frame.line()))
                            .toList()));
        }
        return frames;
    }
}
