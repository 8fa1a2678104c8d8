package dev.resentry.query.repository;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Frame;
import dev.resentry.model.event.Stacktraces;
import dev.resentry.model.repository.PathMappings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of an event that are of a project's own code, with the files that they mean. */
final class SourceFrames {
    private SourceFrames() {}

    /**
     * A frame.
     *
     * @param exception its place in the event's list of exceptions; null for a frame of the stack of a thread or of the event itself
     * @param index its place in the list of frames
     * @param path from the root of the repository on
     * @param line 0 if it is unknown
     */
    record SourceFrame(@Nullable Integer exception, int index, String path, int line) {}

    private record Placed(@Nullable Integer exception, int index, Frame frame) {}

    /** The frame nearest to the crash first. Where no frame is said to be of the program itself, all count that are not said to be foreign. */
    static List<SourceFrame> of(Event event, PathMappings mappings) {
        List<Placed> frames = frames(event);
        boolean anyInApp = frames.stream().anyMatch(placed -> placed.frame().isInApp());
        return frames.stream()
                .filter(placed ->
                        anyInApp ? placed.frame().isInApp() : !placed.frame().isForeign())
                .flatMap(placed -> mappings
                        .sourcePath(placed.frame())
                        .map(path -> new SourceFrame(
                                placed.exception(),
                                placed.index(),
                                path,
                                placed.frame().line()))
                        .stream())
                .toList();
    }

    private static List<Placed> frames(Event event) {
        List<Placed> frames = new ArrayList<>();
        List<ExceptionValue> exceptions = event.exceptions().values();
        for (int i = exceptions.size() - 1; i >= 0; i--) {
            add(frames, i, exceptions.get(i).stacktrace().frames());
        }
        if (frames.isEmpty()) {
            add(frames, null, Stacktraces.main(event).frames());
        }
        return frames;
    }

    private static void add(List<Placed> all, @Nullable Integer exception, List<Frame> frames) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            all.add(new Placed(exception, i, frames.get(i)));
        }
    }
}
