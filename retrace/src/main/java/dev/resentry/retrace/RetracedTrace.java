package dev.resentry.retrace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stack trace was before its program was renamed.
 *
 * @param thrown the class of the exception; null if none was given
 * @param frames of each given frame, what it was: several of one into which others were inlined, the one nearest to the crash first; none of
 *     one that only the compiler made
 */
public record RetracedTrace(@Nullable String thrown, List<List<JavaFrame>> frames) {
    public RetracedTrace {
        frames = frames.stream().map(List::copyOf).toList();
    }
}
