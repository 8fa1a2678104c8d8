package dev.resentry.processing.symbolicate;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.processing.meta.EventErrors;
import dev.resentry.retrace.CodeMapping;
import dev.resentry.retrace.JavaFrame;
import dev.resentry.retrace.MalformedMappingException;
import dev.resentry.retrace.RetracedTrace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Gives the frames and exceptions of Java and Kotlin that R8 or ProGuard has renamed their names back, by the mappings that the event names
 * (processing, section 4.4). A frame into which others were inlined becomes several.
 */
final class EventRetrace {
    private static final String JAVA = "java";

    /** Each is work by itself, and an event has as many threads as its sender likes. */
    static final int MOST_STACKS = 100;

    /** Which problems a mapping that is uploaded later may solve. */
    private static final Set<String> WANTING = Set.of(
            Problem.MISSING_MAPPING.kind().wireName(),
            Problem.INVALID_MAPPING.kind().wireName());

    private final ReadFiles read;

    EventRetrace(ReadFiles read) {
        this.read = read;
    }

    private record Found(UUID id, String name, CodeMapping mapping) {
        long known(List<Optional<JavaFrame>> frames) {
            return frames.stream()
                    .flatMap(Optional::stream)
                    .filter(frame -> mapping.knows(frame.className()))
                    .count();
        }
    }

    /** The ids of mappings that an event wants still. */
    static Set<UUID> wanted(ObjectNode event) {
        List<UUID> ids = MappingIds.of(event);
        Set<UUID> wanted = new LinkedHashSet<>();
        for (JsonNode error : ids.isEmpty() ? event.arrayNode() : event.path("errors")) {
            String type = error.path("type").asString("");
            if (type.equals(Problem.FAILED.kind().wireName())) {
                return Set.copyOf(ids);
            }
            if (WANTING.contains(type)) {
                DebugId.parse(error.path("value").asString(""))
                        .filter(ids::contains)
                        .ifPresent(wanted::add);
            }
        }
        return wanted;
    }

    /** Rewrites stack traces of an event in place, each by the mapping that knows the most of its frames. */
    void apply(ObjectNode event, List<EventStack> stacks, String platform, String release, CodeFiles files) {
        List<UUID> ids = MappingIds.of(event);
        List<List<Optional<JavaFrame>>> frames = stacks.stream()
                .limit(MOST_STACKS)
                .map(stack -> frames(stack, platform))
                .toList();
        if (ids.isEmpty() || frames.stream().flatMap(List::stream).noneMatch(Optional::isPresent)) {
            return;
        }
        List<Found> mappings = find(event, ids, files);
        Set<UUID> told = new HashSet<>();
        for (int i = 0; i < frames.size(); i++) {
            List<Optional<JavaFrame>> ofStack = frames.get(i);
            Optional<Found> mapping = mappings.stream()
                    .filter(one -> one.known(ofStack) > 0)
                    .max(Comparator.comparingLong(one -> one.known(ofStack)));
            if (mapping.isPresent()) {
                try {
                    rewrite(stacks.get(i), ofStack, mapping.get(), packageOf(release));
                } catch (MalformedMappingException e) {
                    if (told.add(mapping.get().id())) {
                        tellMalformed(event, mapping.get().id(), mapping.get().name(), e.reason());
                    }
                }
            }
        }
    }

    private List<Found> find(ObjectNode event, Collection<UUID> ids, CodeFiles files) {
        List<CodeFile> uploaded = files.byDebugIds(ids).stream()
                .filter(file -> file.kind() == CodeFile.Kind.PROGUARD)
                .toList();
        List<Found> found = new ArrayList<>();
        for (UUID id : ids) {
            Optional<CodeFile> file =
                    uploaded.stream().filter(one -> id.equals(one.debugId())).findFirst();
            if (file.isEmpty()) {
                tell(event, Problem.MISSING_MAPPING, id, missing(id));
                continue;
            }
            switch (read.mapping(file.get(), files)) {
                case CodeMapping.Reading.Read(CodeMapping mapping) ->
                    found.add(new Found(id, file.get().name(), mapping));
                case CodeMapping.Reading.Malformed(String cause) ->
                    tellMalformed(event, id, file.get().name(), cause);
            }
        }
        return found;
    }

    private static void tellMalformed(ObjectNode event, UUID id, String name, String cause) {
        tell(event, Problem.INVALID_MAPPING, id, malformed(name, cause));
    }

    /** For people: what is missing. */
    static String missing(UUID id) {
        return "The mapping of the program is not there. Upload its mapping.txt under this id: sentry-cli upload-proguard --uuid %s mapping.txt"
                .formatted(id);
    }

    /** For people: what is wrong. */
    static String malformed(String name, String cause) {
        return "The mapping %s cannot be read: %s".formatted(name, cause);
    }

    private static void tell(ObjectNode event, Problem problem, UUID id, String reason) {
        new EventErrors(event).add(problem.kind(), "debug_meta.images", StringNode.valueOf(id.toString()), reason);
    }

    /** The frames of Java, in the places of their frames. */
    private static List<Optional<JavaFrame>> frames(EventStack stack, String platform) {
        return stack.frames().stream().map(frame -> frame(frame, platform)).toList();
    }

    private static Optional<JavaFrame> frame(ObjectNode frame, String platform) {
        String className = frame.path("module").asString("");
        String method = frame.path("function").asString("");
        boolean isOfJava = frame.path("platform").asString(platform).equals(JAVA);
        if (!isOfJava || !JavaStack.isClassName(className) || method.isEmpty()) {
            return Optional.empty();
        }
        String file = frame.path("filename").asString("");
        return Optional.of(new JavaFrame(
                className,
                method,
                file.isEmpty() ? null : file,
                Math.max(0, frame.path("lineno").asInt(0))));
    }

    private static void rewrite(
            EventStack stack, List<Optional<JavaFrame>> frames, Found mapping, String programPackage)
            throws MalformedMappingException {
        List<JavaFrame> given = frames.stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toList())
                .reversed();
        Optional<String> thrown = RetracedNames.thrown(stack).filter(JavaStack::isClassName);
        RetracedTrace trace = mapping.mapping().retrace(thrown.orElse(null), given);
        List<ObjectNode> readable = new ArrayList<>();
        int next = given.size();
        for (int i = 0; i < frames.size(); i++) {
            ObjectNode frame = stack.frames().get(i);
            if (frames.get(i).isEmpty()) {
                readable.add(frame.deepCopy());
                continue;
            }
            next--;
            boolean isKnown = mapping.mapping().knows(given.get(next).className());
            for (JavaFrame original : trace.frames().get(next).reversed()) {
                ObjectNode written = frame.deepCopy();
                if (isKnown) {
                    RetracedNames.write(original, written, mapping.id(), programPackage);
                }
                readable.add(written);
            }
        }
        if (readable.stream().noneMatch(EventStack::isReadable)) {
            return;
        }
        stack.keepAsItCame();
        RetracedNames.write(readable, stack);
        if (thrown.isPresent()) {
            RetracedNames.write(trace.thrown(), mapping.mapping()::retraceMessage, stack.holder());
        }
    }

    /** Of {@code com.example.shop@1.2+3}, as SDKs name releases of Android; empty for other releases. */
    private static String packageOf(String release) {
        int at = release.indexOf('@');
        return at > 0 && release.substring(0, at).contains(".") ? release.substring(0, at) : "";
    }
}
