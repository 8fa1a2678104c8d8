package dev.resentry.query.symbolicate;

import dev.resentry.processing.symbolicate.JavaStack;
import dev.resentry.processing.symbolicate.StackRetrace.Outcome;
import dev.resentry.processing.symbolicate.StackRetrace.RetracedFrame;
import dev.resentry.retrace.JavaFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer to a stack trace of Java: a frame into which others were inlined becomes several, one that only the compiler made none. */
final class RetracedStack {
    private RetracedStack() {}

    /**
     * The frames, the one nearest to the crash first.
     *
     * @param inApp what the sender says of each
     */
    static List<SymbolicatedFrame> frames(
            JavaStack stack, List<@Nullable Boolean> inApp, List<UUID> mappings, Outcome outcome) {
        List<SymbolicatedFrame> frames = new ArrayList<>();
        for (int i = 0; i < stack.frames().size(); i++) {
            JavaFrame frame = stack.frames().get(i);
            switch (outcome) {
                case Outcome.Unresolved(var problem, String reason) ->
                    frames.add(SymbolicatedFrame.notRenamed(
                            frame, inApp.get(i), problem.kind().wireName(), reason, mappings));
                case Outcome.Retraced(UUID mapping, List<RetracedFrame> retraced) -> {
                    if (retraced.get(i).known()) {
                        for (JavaFrame original : retraced.get(i).originals()) {
                            frames.add(SymbolicatedFrame.renamed(frame, inApp.get(i), original, mapping));
                        }
                    } else {
                        frames.add(SymbolicatedFrame.notRenamed(
                                frame,
                                inApp.get(i),
                                null,
                                "The mapping knows no class of this name.",
                                List.of(mapping)));
                    }
                }
            }
        }
        return frames;
    }
}
