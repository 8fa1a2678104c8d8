package dev.resentry.processing.group.frame;

import dev.resentry.model.event.Stacktrace;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the frames of a stack trace once, as many as can matter. */
public final class FrameReader {
    /** So many frames nearest to the crash are read; a deeper stack is a recursion, which these show. */
    private static final int MAX_FRAMES = 1_000;

    private FrameReader() {}

    /** The frames, the oldest call first. */
    public static List<GroupingFrame> read(Stacktrace stacktrace, String platform) {
        JsonNode sent = stacktrace.json().path("frames");
        if (!sent.isArray()) {
            return List.of();
        }
        List<GroupingFrame> frames = new ArrayList<>(Math.min(sent.size(), MAX_FRAMES));
        for (int i = Math.max(0, sent.size() - MAX_FRAMES); i < sent.size(); i++) {
            if (sent.get(i).isObject()) {
                frames.add(inContext(GroupingFrame.of(i, RawFrame.of(sent.get(i), platform)), frames));
            }
        }
        ignoreBehindAsyncBorder(frames);
        return frames;
    }

    private static GroupingFrame inContext(GroupingFrame frame, List<GroupingFrame> callers) {
        boolean merged = frame.raw().language() == Language.PYTHON
                && ScriptNames.isComprehension(frame.function())
                && !callers.isEmpty()
                && callers.getLast().unit().equals(frame.unit());
        return merged ? frame.named(callers.getLast().function()) : frame;
    }

    /**
     * Browsers do not agree on what they show of the callers of an asynchronous function, and a coroutine goes on wherever its
     * dispatcher has room: only the part that ran without a break is always the same.
     */
    private static void ignoreBehindAsyncBorder(List<GroupingFrame> frames) {
        int border = -1;
        for (int i = frames.size() - 1; i > 0; i--) {
            GroupingFrame frame = frames.get(i);
            boolean counts = frame.ignored() == null && frame.inApp().value();
            if (border < 0 && counts) {
                border = 0;
            }
            if (border >= 0 && isBorder(frames.get(i - 1))) {
                border = i;
                break;
            }
        }
        for (int i = 0; i < border; i++) {
            frames.set(i, frames.get(i).withIgnored("called before an asynchronous break"));
        }
    }

    private static boolean isBorder(GroupingFrame frame) {
        return switch (frame.raw().language()) {
            case JAVASCRIPT -> JavaScriptNames.isAsyncBorder(frame.raw().function());
            case JVM -> frame.unit().equals("kotlin.coroutines.jvm.internal.BaseContinuationImpl");
            case NODE, PYTHON, DOTNET, GO, RUBY, PHP, ELIXIR, RUST, NATIVE, PERL, OTHER -> false;
        };
    }
}
