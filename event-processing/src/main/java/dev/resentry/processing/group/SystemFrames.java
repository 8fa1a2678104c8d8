package dev.resentry.processing.group;

import dev.resentry.processing.group.frame.GroupingFrame;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Frames that every stack has: where threads begin, the loops of containers, the machinery of panics. They are left out where
 * a stack has no frames of the program and others have to stand for it.
 */
final class SystemFrames {
    private static final List<String> UNITS = List.of(
            "java.lang.Thread",
            "java.util.concurrent.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.tomcat.",
            "io.netty.",
            "io.undertow.",
            "org.eclipse.jetty.",
            "jakarta.servlet.",
            "javax.servlet.",
            "org.springframework.web.filter.",
            "org.springframework.security.web.",
            "kotlinx.coroutines.",
            "kotlin.coroutines.",
            "threading",
            "asyncio.",
            "socketserver",
            "concurrent.futures",
            "multiprocessing.",
            "System.Threading.",
            "System.Runtime.",
            "runtime",
            "android.os.",
            "com.android.internal.os.",
            "android.app.ActivityThread");

    private static final Set<String> FUNCTIONS = Set.of(
            "_start",
            "__libc_start_main",
            "__libc_start_call_main",
            "start_thread",
            "clone",
            "clone3",
            "BaseThreadInitThunk",
            "RtlUserThreadStart",
            "__pthread_start",
            "_pthread_start",
            "thread_start",
            "abort",
            "raise",
            "gsignal",
            "pthread_kill",
            "__pthread_kill",
            "kill",
            "__pthread_kill_implementation",
            "__cxa_throw",
            "__cxa_rethrow",
            "std::terminate",
            "_Unwind_RaiseException",
            "rust_begin_unwind",
            "processTicksAndRejections",
            "runMicrotasks",
            "processTimers",
            "listOnTimeout",
            "goexit",
            "gopanic",
            "sigpanic",
            "_bootstrap",
            "_bootstrap_inner",
            "invoke_main",
            "__scrt_common_main_seh",
            "main",
            "ThreadEntry",
            "std::panicking::begin_panic_handler",
            "std::panicking::rust_panic_with_hook",
            "core::panicking::panic_fmt",
            "core::panicking::panic",
            "std::rt::lang_start");

    private SystemFrames() {}

    /** The frames that tell something; all of them if none does. */
    static List<GroupingFrame> telling(List<GroupingFrame> frames, Map<Integer, String> left) {
        List<GroupingFrame> kept =
                frames.stream().filter(frame -> !isPlumbing(frame)).toList();
        if (kept.isEmpty()) {
            return frames;
        }
        frames.stream()
                .filter(SystemFrames::isPlumbing)
                .forEach(frame -> left.put(frame.index(), "every stack has it"));
        return kept;
    }

    private static boolean isPlumbing(GroupingFrame frame) {
        if (FUNCTIONS.contains(frame.function())) {
            return true;
        }
        for (String unit : UNITS) {
            if (unit.endsWith(".")
                    ? frame.unit().startsWith(unit)
                    : frame.unit().equals(unit)) {
                return true;
            }
        }
        return false;
    }
}
