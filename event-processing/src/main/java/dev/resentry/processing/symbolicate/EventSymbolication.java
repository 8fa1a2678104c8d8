package dev.resentry.processing.symbolicate;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.processing.meta.EventErrors;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes the frames of an event readable. Frames of minified code become those of the original files, with their code; the stack trace as it
 * came stays beside them as {@code raw_stacktrace}. A frame's {@code data} tells what it was made with: {@code sourcemap},
 * {@code symbolicated} and {@code resolved_with}. What stays as it is has an entry in the event's errors, one for each file.
 */
public final class EventSymbolication {
    private static final Set<String> PLATFORMS = Set.of("javascript", "node");

    /** Of a project that uploaded nothing. */
    public static final CodeFiles NO_FILES = new NoFiles();

    private final Symbolicator symbolicator;

    public EventSymbolication(Symbolicator symbolicator) {
        this.symbolicator = symbolicator;
    }

    /**
     * A stack trace whose frames are looked at.
     *
     * @param holder of the stack trace
     * @param path of the frames
     */
    private record Stack(ObjectNode holder, ObjectNode stacktrace, List<ObjectNode> frames, String path) {}

    /** Whether an event tells debug ids of its files. */
    public static boolean tellsDebugIds(NormalizedEvent event) {
        for (JsonNode image : event.json().path("debug_meta").path("images")) {
            if (image.path("type").asString("").equals("sourcemap")) {
                return true;
            }
        }
        return false;
    }

    /** Whether an event may have frames of JavaScript. */
    public static boolean concerns(NormalizedEvent event) {
        return PLATFORMS.contains(event.platform()) || tellsDebugIds(event);
    }

    /** Makes an event readable in place. An event that has been is left alone. */
    public void apply(NormalizedEvent event, CodeFiles files) {
        ObjectNode json = event.json();
        List<Stack> stacks = stacks(json);
        if (stacks.isEmpty()) {
            return;
        }
        DebugIds debugIds = DebugIds.of(json);
        List<List<MinifiedFrame>> minified = stacks.stream()
                .map(stack -> stack.frames().stream()
                        .map(frame -> minified(frame, event.platform(), debugIds))
                        .toList())
                .toList();
        String dist = json.path("dist").asString("");
        List<List<Resolution>> resolutions =
                symbolicator.resolve(minified, event.release(), dist.isEmpty() ? null : dist, files);
        var errors = new Errors(json);
        for (int i = 0; i < stacks.size(); i++) {
            rewrite(stacks.get(i), resolutions.get(i));
            errors.add(stacks.get(i), minified.get(i), resolutions.get(i));
        }
    }

    private static List<Stack> stacks(ObjectNode event) {
        List<Stack> stacks = new ArrayList<>();
        add(stacks, event, "");
        for (String list : List.of("exception", "threads")) {
            JsonNode values = event.path(list).path("values");
            for (int i = 0; i < values.size(); i++) {
                add(stacks, values.get(i), "%s.values.%d.".formatted(list, i));
            }
        }
        return stacks;
    }

    private static void add(List<Stack> stacks, JsonNode holder, String path) {
        if (holder instanceof ObjectNode object
                && !object.has("raw_stacktrace")
                && object.get("stacktrace") instanceof ObjectNode stacktrace
                && stacktrace.get("frames") instanceof ArrayNode given) {
            List<ObjectNode> frames = new ArrayList<>();
            for (JsonNode frame : given) {
                if (frame instanceof ObjectNode one) {
                    frames.add(one);
                }
            }
            if (!frames.isEmpty()) {
                stacks.add(new Stack(object, stacktrace, frames, path + "stacktrace.frames."));
            }
        }
    }

    /** A frame of another language is of no file. */
    private static MinifiedFrame minified(ObjectNode frame, String platform, DebugIds debugIds) {
        String own = frame.path("platform").asString(platform);
        String path = frame.path("abs_path").asString(frame.path("filename").asString(""));
        String url = PLATFORMS.contains(own) || !debugIds.areEmpty() ? FileUrl.clean(path) : "";
        @Nullable
        UUID debugId = debugIds.of(url)
                .or(() -> DebugId.parse(frame.path("debug_id").asString("")))
                .orElse(null);
        return new MinifiedFrame(
                url,
                frame.path("lineno").asInt(0),
                frame.path("colno").asInt(0),
                frame.path("function").asString(""),
                debugId);
    }

    private static void rewrite(Stack stack, List<Resolution> resolutions) {
        if (resolutions.stream().noneMatch(Resolution.Original.class::isInstance)) {
            return;
        }
        stack.holder().set("raw_stacktrace", stack.stacktrace().deepCopy());
        for (int i = 0; i < resolutions.size(); i++) {
            if (resolutions.get(i) instanceof Resolution.Original original) {
                OriginalFrame.write(original, stack.frames().get(i));
            }
        }
        OriginalFrame.limitContexts(stack.frames());
    }

    private static final class NoFiles implements CodeFiles {
        @Override
        public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
            return List.of();
        }

        @Override
        public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
            return List.of();
        }

        @Override
        public Optional<byte[]> content(CodeFile file) {
            return Optional.empty();
        }
    }

    /** Of several frames of one file with the same problem the one nearest to the crash is told. */
    private static final class Errors {
        private final ObjectNode event;
        private final Set<String> told = new HashSet<>();
        private @Nullable EventErrors errors;

        Errors(ObjectNode event) {
            this.event = event;
        }

        void add(Stack stack, List<MinifiedFrame> frames, List<Resolution> resolutions) {
            for (int i = resolutions.size() - 1; i >= 0; i--) {
                String path = stack.path() + i;
                MinifiedFrame frame = frames.get(i);
                switch (resolutions.get(i)) {
                    case Resolution.Unresolved(var _, Problem problem, String reason) -> {
                        if (isWanted(stack.frames().get(i), frame)) {
                            tell(problem, path, frame.url(), reason);
                        }
                    }
                    case Resolution.Original original -> {
                        if (original.context() == null && original.by() != Resolution.By.FUNCTION_MAP) {
                            tell(
                                    Problem.MISSING_CONTENT,
                                    path,
                                    original.path(),
                                    "The source map %s does not hold the text of %s. Build it with sourcesContent, or upload the file."
                                            .formatted(original.map(), original.file()));
                        }
                    }
                    case Resolution.NoFile() -> {}
                }
            }
        }

        /** What is of a library, or of code that need not be minified, would only be noise. */
        private static boolean isWanted(ObjectNode json, MinifiedFrame frame) {
            boolean isOfBrowser = frame.url().startsWith("http") || frame.url().startsWith("app:");
            return json.path("in_app").asBoolean(true) && (isOfBrowser || frame.debugId() != null);
        }

        private void tell(Problem problem, String path, String url, String reason) {
            if (told.add(problem + " " + url)) {
                if (errors == null) {
                    errors = new EventErrors(event);
                }
                errors.add(problem.kind(), path, StringNode.valueOf(url), reason);
            }
        }
    }
}
