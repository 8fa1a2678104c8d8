package dev.resentry.processing.symbolicate;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.retrace.CodeMapping;
import dev.resentry.retrace.JavaFrame;
import dev.resentry.retrace.MalformedMappingException;
import dev.resentry.retrace.RetracedTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
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
    public record RetracedFrame(boolean known, List<JavaFrame> originals) {
        public RetracedFrame {
            originals = List.copyOf(originals);
        }
    }

    private record Uploaded(UUID id, CodeFile file) {}

    /**
     * Retraces each of some stack traces by that of some mappings which knows the most of its frames. However many stack traces there are, a
     * mapping is read for all of them, and one is held at a time. One that none of them knows has what is wrong with the last that could not
     * be read.
     *
     * @param mappings ids of mappings, one at least
     * @return what became of each, in their order
     */
    public List<Outcome> apply(List<JavaStack> stacks, List<UUID> mappings, CodeFiles files) {
        List<CodeFile> found = files.byDebugIds(mappings).stream()
                .filter(file -> file.kind() == CodeFile.Kind.PROGUARD)
                .toList();
        List<Uploaded> readable = new ArrayList<>();
        Map<Integer, Uploaded> best = new HashMap<>();
        long[] known = new long[stacks.size()];
        Outcome.Unresolved problem = null;
        for (UUID id : mappings) {
            CodeFile file = found.stream()
                    .filter(one -> id.equals(one.debugId()))
                    .findFirst()
                    .orElse(null);
            if (file == null) {
                problem = new Outcome.Unresolved(Problem.MISSING_MAPPING, EventRetrace.missing(id));
                continue;
            }
            switch (read.mapping(file, files)) {
                case CodeMapping.Reading.Read(CodeMapping mapping) -> {
                    var uploaded = new Uploaded(id, file);
                    readable.add(uploaded);
                    for (int i = 0; i < stacks.size(); i++) {
                        long frames = known(stacks.get(i), mapping);
                        if (frames > known[i]) {
                            best.put(i, uploaded);
                            known[i] = frames;
                        }
                    }
                }
                case CodeMapping.Reading.Malformed(String cause) -> problem = malformed(file.name(), cause);
            }
        }
        if (problem == null) {
            // All were read: what none of them knows is not of this program.
            for (int i = 0; i < stacks.size(); i++) {
                best.putIfAbsent(i, readable.getFirst());
            }
        }
        Map<Integer, Outcome> retraced = new HashMap<>();
        for (Uploaded uploaded : readable) {
            List<Integer> of = IntStream.range(0, stacks.size())
                    .filter(i -> uploaded.equals(best.get(i)))
                    .boxed()
                    .toList();
            if (!of.isEmpty()) {
                CodeMapping.Reading reading = read.mapping(uploaded.file(), files);
                of.forEach(i -> retraced.put(i, retraced(uploaded, stacks.get(i), reading)));
            }
        }
        Outcome otherwise = problem;
        return IntStream.range(0, stacks.size())
                .mapToObj(i -> {
                    Outcome outcome = retraced.get(i);
                    return outcome == null ? Objects.requireNonNull(otherwise) : outcome;
                })
                .toList();
    }

    private static long known(JavaStack stack, CodeMapping mapping) {
        return stack.frames().stream()
                .filter(frame -> mapping.knows(frame.className()))
                .count();
    }

    private static Outcome retraced(Uploaded uploaded, JavaStack stack, CodeMapping.Reading reading) {
        return switch (reading) {
            case CodeMapping.Reading.Malformed(String cause) ->
                malformed(uploaded.file().name(), cause);
            case CodeMapping.Reading.Read(CodeMapping mapping) -> {
                try {
                    yield new Outcome.Retraced(uploaded.id(), frames(stack, mapping));
                } catch (MalformedMappingException e) {
                    yield malformed(uploaded.id().toString(), e.reason());
                }
            }
        };
    }

    private static Outcome.Unresolved malformed(String name, String cause) {
        return new Outcome.Unresolved(Problem.INVALID_MAPPING, EventRetrace.malformed(name, cause));
    }

    private static List<RetracedFrame> frames(JavaStack stack, CodeMapping mapping) throws MalformedMappingException {
        @Nullable String thrown = stack.thrown();
        RetracedTrace trace = mapping.retrace(thrown, stack.frames());
        List<RetracedFrame> frames = new ArrayList<>();
        for (int i = 0; i < stack.frames().size(); i++) {
            frames.add(new RetracedFrame(
                    mapping.knows(stack.frames().get(i).className()),
                    trace.frames().get(i)));
        }
        return frames;
    }
}
