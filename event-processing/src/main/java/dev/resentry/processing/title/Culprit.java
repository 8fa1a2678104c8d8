package dev.resentry.processing.title;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Frame;
import dev.resentry.model.event.Stacktrace;
import dev.resentry.model.event.Stacktraces;
import dev.resentry.processing.group.frame.FrameReader;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.frame.Language;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an event happened, in words. */
final class Culprit {
    private static final int MAX_CULPRIT = 200;

    private Culprit() {}

    /** What the SDK says, else the frame of the program nearest to the crash, else the URL of the request. */
    static @Nullable String of(Event event) {
        String stated = event.culprit().isBlank() ? event.transaction() : event.culprit();
        if (!stated.isBlank()) {
            return Title.cut(stated, MAX_CULPRIT);
        }
        Optional<Frame> frame = frame(event);
        if (frame.isPresent()) {
            return Title.cut(place(frame.get(), platform(event)), MAX_CULPRIT);
        }
        String url = event.request().url();
        return url.isEmpty() ? null : Title.cut(url, MAX_CULPRIT);
    }

    /**
     * The frame of the program nearest to the crash; by the rules of grouping, which know the frames of SDKs and of the machinery of panics.
     * If there is none, the nearest that says something.
     */
    static Optional<Frame> frame(Event event) {
        Stacktrace stacktrace = stacktrace(event);
        List<GroupingFrame> frames = FrameReader.read(stacktrace, platform(event));
        GroupingFrame found = null;
        for (GroupingFrame frame : frames.reversed()) {
            boolean inApp = frame.inApp().value() && frame.ignored() == null;
            if (inApp) {
                found = frame;
                break;
            }
            found = found == null && frame.ignored() == null ? frame : found;
        }
        if (found == null) {
            return frames.isEmpty() ? Optional.empty() : Optional.of(sent(stacktrace, frames.getLast()));
        }
        return Optional.of(sent(stacktrace, found));
    }

    private static Frame sent(Stacktrace stacktrace, GroupingFrame frame) {
        return new Frame(stacktrace.json().path("frames").get(frame.index()));
    }

    /** The stack trace of the exception that titles the event, else the main one. */
    private static Stacktrace stacktrace(Event event) {
        return event.exceptions()
                .main()
                .map(ExceptionValue::stacktrace)
                .filter(Stacktrace::hasFrames)
                .orElseGet(() -> Stacktraces.main(event));
    }

    private static String platform(Event event) {
        return event.json().path("platform").asString("");
    }

    private static String place(Frame frame, String platform) {
        String unit = frame.module().isEmpty() ? frame.filename() : frame.module();
        String place = unit.isEmpty() ? "?" : unit;
        if (frame.function().isEmpty()) {
            return place;
        }
        String function = frame.function().replace('\0', ' ');
        return switch (Language.of(platform, "")) {
            case JAVASCRIPT, NODE -> function + "(" + place + ")";
            case NATIVE, RUST -> function;
            case PYTHON, JVM, DOTNET, GO, RUBY, PHP, ELIXIR, PERL, OTHER -> place + " in " + function;
        };
    }
}
