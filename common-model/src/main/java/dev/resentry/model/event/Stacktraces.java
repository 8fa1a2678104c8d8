package dev.resentry.model.event;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.MissingNode;

/** Chooses among the stack traces of an event. */
public final class Stacktraces {
    private static final Stacktrace NONE = new Stacktrace(MissingNode.getInstance());

    private Stacktraces() {}

    /**
     * The main stack trace: the one that tells where the event happened. It is the first of these that has frames:
     *
     * <ol>
     *   <li>the exception that was thrown last, then its causes: SDKs put the stack of a crash there, and leave it out of the
     *       thread that crashed;
     *   <li>the thread that crashed, then the current one: SDKs put the stack of a message there;
     *   <li>the event itself: an older place for the same, which says nothing about threads (processing, section 1.3);
     *   <li>any thread, because a stack of some thread is better than none.
     * </ol>
     *
     * Without frames anywhere it is a stack trace that is not present.
     */
    public static Stacktrace main(Event event) {
        List<EventThread> threads = event.threads();
        return Stream.of(
                        event.exceptions().values().reversed().stream().map(ExceptionValue::stacktrace),
                        threads.stream().filter(EventThread::isCrashed).map(EventThread::stacktrace),
                        threads.stream().filter(EventThread::isCurrent).map(EventThread::stacktrace),
                        Stream.of(event.stacktrace()),
                        threads.stream().map(EventThread::stacktrace))
                .flatMap(stacktraces -> stacktraces)
                .filter(Stacktrace::hasFrames)
                .findFirst()
                .orElse(NONE);
    }

    /**
     * The stack trace that an event without exceptions is grouped by. It is stricter than {@link #main}: the event's own if the
     * field is there, else that of the only thread that crashed, else of the only current one, else of the only thread; where
     * several threads come into question, one of them would be chance, and the message says more.
     *
     * <p>Hashes depend on this choice; a change needs a new id of the grouping strategy.
     */
    public static Stacktrace ofGrouping(Event event) {
        if (event.stacktrace().isPresent()) {
            return event.stacktrace();
        }
        List<EventThread> threads = event.threads();
        return Stream.<Predicate<EventThread>>of(EventThread::isCrashed, EventThread::isCurrent, _ -> true)
                .map(kind -> threads.stream().filter(kind).toList())
                .filter(candidates -> candidates.size() == 1)
                .findFirst()
                .map(only -> only.getFirst().stacktrace())
                .orElse(NONE);
    }
}
