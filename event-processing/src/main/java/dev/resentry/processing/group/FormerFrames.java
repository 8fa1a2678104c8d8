package dev.resentry.processing.group;

import dev.resentry.model.event.Frame;
import dev.resentry.model.event.Stacktrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The frames of a stack trace as the former strategy sees them: what stays the same from one deployment to the next. */
final class FormerFrames {
    /** Without frames of the program itself, so many nearest to the crash stand for the stack. */
    private static final int SYSTEM_FRAMES = 10;

    private static final int MAX_FRAMES = 40;

    private static final Set<String> ANONYMOUS = Set.of("", "?", "<anonymous>", "anonymous", "Anonymous function");

    /** What the JVM, proxies and lambdas number anew in every process; the class in front of it stays. */
    private static final Pattern GENERATED_CLASS = Pattern.compile(
            "(\\$\\$Lambda|\\$\\$EnhancerBy|\\$\\$FastClassBy|\\$\\$SpringCGLIB|_\\$\\$_javassist|\\$HibernateProxy|\\$ByteBuddy\\$)"
                    + ".*");

    private static final Pattern NUMBERED_ACCESSOR =
            Pattern.compile("(GeneratedMethodAccessor|GeneratedConstructorAccessor|\\$Proxy)\\d+");
    private static final Pattern LAMBDA_NUMBER = Pattern.compile("^(lambda\\$.+)\\$\\d+$");

    private FormerFrames() {}

    /** The keys of the frames that count, caller first; empty if the stack says nothing. */
    static List<String> keys(Stacktrace stacktrace) {
        List<String> inApp = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Frame frame : stacktrace.frames()) {
            String key = key(frame);
            if (key != null) {
                add(all, key);
                if (frame.isInApp()) {
                    add(inApp, key);
                }
            }
        }
        return inApp.isEmpty() ? nearestCrash(all, SYSTEM_FRAMES) : nearestCrash(inApp, MAX_FRAMES);
    }

    /** Leaves out direct repetition, so that the depth of a recursion does not count. */
    private static void add(List<String> keys, String key) {
        if (keys.isEmpty() || !keys.getLast().equals(key)) {
            keys.add(key);
        }
    }

    private static List<String> nearestCrash(List<String> keys, int count) {
        return keys.subList(Math.max(0, keys.size() - count), keys.size());
    }

    /** Module or file, and function; never lines and columns, which change with every edit above them. */
    private static @Nullable String key(Frame frame) {
        String unit = unit(frame);
        String function = function(frame.function());
        return unit.isEmpty() && function.isEmpty() ? null : unit + "#" + function;
    }

    private static String unit(Frame frame) {
        String module = frame.module();
        if (!module.isEmpty()) {
            String cleaned = GENERATED_CLASS.matcher(module).replaceFirst("\\$\\$");
            return NUMBERED_ACCESSOR.matcher(cleaned).replaceAll("$1");
        }
        String file = frame.filename().isEmpty() ? frame.absPath() : frame.filename();
        int end = firstOf(file, '?', '#');
        String path = file.substring(0, end).replace('\\', '/');
        return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private static String function(String function) {
        String name = function.startsWith("async ") ? function.substring("async ".length()) : function;
        return ANONYMOUS.contains(name) ? "" : LAMBDA_NUMBER.matcher(name).replaceFirst("$1");
    }

    private static int firstOf(String text, char one, char other) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == one || text.charAt(i) == other) {
                return i;
            }
        }
        return text.length();
    }
}
