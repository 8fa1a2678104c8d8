package dev.resentry.retrace;

import com.android.tools.r8.retrace.InvalidMappingFileException;
import com.android.tools.r8.retrace.ProguardMapProducer;
import com.android.tools.r8.retrace.ProguardMappingSupplier;
import com.android.tools.r8.retrace.Retrace;
import com.android.tools.r8.retrace.RetraceStackFrameAmbiguousResult;
import com.android.tools.r8.retrace.RetraceStackTraceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping ({@code mapping.txt}) of R8 or ProGuard. Kept in parts, one for each class, deflated: looking something up reads the parts of the
 * classes that are in the stack trace and no others. Safe to share between threads.
 */
public final class CodeMapping {
    /** Of what R8's library reads for one stack trace; it takes several times as much memory for that while. */
    private static final int MAX_READ = 16 * 1024 * 1024;

    private static final int MAX_CLASS = 4 * 1024 * 1024;

    private static final Pattern PLACE = Pattern.compile(" \\[\\d+:\\d+]");

    private final MappingParts parts;

    private CodeMapping(MappingParts parts) {
        this.parts = parts;
    }

    /** What became of reading a mapping. */
    public sealed interface Reading {
        record Read(CodeMapping mapping) implements Reading {}

        /**
         * It is no mapping.
         *
         * @param cause why, in words for people
         */
        record Malformed(String cause) implements Reading {}
    }

    /** Reads a mapping, whose text is not needed afterwards. What it has of a class is understood when that is asked for. */
    public static Reading read(byte[] text) {
        try {
            return new Reading.Read(new CodeMapping(new MappingParts.Reader(text, MAX_CLASS).read()));
        } catch (MalformedMappingException e) {
            return new Reading.Malformed(e.reason());
        }
    }

    /** How many bytes of memory it takes. */
    public long weight() {
        return parts.weight();
    }

    /** Whether a class, by the name that it has now, is in the mapping. */
    public boolean knows(String className) {
        return parts.original(className) != null;
    }

    /**
     * What a stack trace was. A frame of a class that the mapping does not know stays as it is; of several that one could have been, which is
     * so where lines are missing, it is the first.
     *
     * @param thrown the class of the exception, which may tell what a frame was; null if there is none
     * @param frames the one nearest to the crash first
     * @throws MalformedMappingException if what the mapping has of their classes cannot be read
     */
    public RetracedTrace retrace(@Nullable String thrown, List<JavaFrame> frames) throws MalformedMappingException {
        List<TraceElement> elements = new ArrayList<>();
        List<String> classNames = new ArrayList<>();
        if (thrown != null) {
            classNames.add(thrown);
            elements.add(new TraceElement(TraceElement.Line.thrown(0, thrown)));
        }
        int first = elements.size();
        for (int i = 0; i < frames.size(); i++) {
            elements.add(new TraceElement(new TraceElement.Line(first + i, frames.get(i))));
            classNames.add(frames.get(i).className());
        }
        Map<Integer, List<JavaFrame>> found = find(elements, classNames);
        List<List<JavaFrame>> retraced = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            retraced.add(
                    knows(frames.get(i).className())
                            ? found.getOrDefault(first + i, List.of())
                            : List.of(frames.get(i)));
        }
        return new RetracedTrace(
                thrown == null
                        ? null
                        : found.getOrDefault(0, List.of()).stream()
                                .map(JavaFrame::className)
                                .findFirst()
                                .orElse(thrown),
                retraced);
    }

    private Map<Integer, List<JavaFrame>> find(List<TraceElement> elements, List<String> classNames)
            throws MalformedMappingException {
        Map<Integer, List<JavaFrame>> found = new HashMap<>();
        var faults = new Faults();
        try {
            Retrace.<TraceElement.Line, TraceElement>builder()
                    .setStackTraceLineParser(TraceElement::new)
                    .setMappingSupplier(ProguardMappingSupplier.builder()
                            .setProguardMapProducer(ProguardMapProducer.fromBytes(parts.of(classNames, MAX_READ)))
                            .setAllowExperimental(false)
                            .build())
                    .setDiagnosticsHandler(faults)
                    .build()
                    .retraceStackTraceParsed(elements, RetraceStackTraceContext.empty())
                    .forEach(result -> add(result, found));
        } catch (InvalidMappingFileException e) {
            throw new MalformedMappingException(faults.first().orElseGet(() -> words(e)));
        }
        return found;
    }

    /** Without the place, which is one in the part that was read. */
    private static String words(InvalidMappingFileException fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        return PLACE.matcher(String.valueOf(cause.getMessage())).replaceAll("");
    }

    private static void add(
            RetraceStackFrameAmbiguousResult<TraceElement.Line> result, Map<Integer, List<JavaFrame>> found) {
        if (!result.isEmpty()) {
            result.get(0)
                    .forEach(line -> found.computeIfAbsent(line.position(), _ -> new ArrayList<>())
                            .add(line.frame()));
        }
    }

    /** A text in which the names of renamed classes are those that they had; see {@link ClassNames}. */
    public String retraceMessage(String message) {
        return ClassNames.replace(message, parts::original);
    }
}
