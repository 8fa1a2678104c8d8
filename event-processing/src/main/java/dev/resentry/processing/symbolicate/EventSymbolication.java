package dev.resentry.processing.symbolicate;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.meta.EventErrors;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes the frames of an event readable. Frames of minified code become those of the original files, with their code; the stack trace as it
 * came stays beside them as {@code raw_stacktrace}. A frame's {@code data} tells what it was made with: {@code sourcemap},
 * {@code symbolicated} and {@code resolved_with}. Frames of Java and Kotlin get the names back that R8 or ProGuard has taken. What stays as it
 * is has an entry in the event's errors, one for each file.
 */
public final class EventSymbolication {
    /** Of a project that uploaded nothing. */
    public static final CodeFiles NO_FILES = new NoFiles();

    /** Is told what was broken here and left an event as it is. */
    @FunctionalInterface
    public interface Failures {
        void failed(EventId event, RuntimeException cause);
    }

    private final Symbolicator symbolicator;
    private final EventRetrace retrace;
    private final Failures failures;

    public EventSymbolication(Symbolicator symbolicator, Failures failures) {
        this.symbolicator = symbolicator;
        this.retrace = new EventRetrace(symbolicator.read());
        this.failures = failures;
    }

    /** Whether an event tells debug ids of its files, or those of mappings. */
    public static boolean tellsDebugIds(NormalizedEvent event) {
        return DebugIds.areToldBy(event.json()) || !MappingIds.of(event.json()).isEmpty();
    }

    /** Whether an event may have frames of JavaScript, or such of Java as have been renamed. */
    public static boolean concerns(NormalizedEvent event) {
        return (EventStack.isOfJavaScript(event.platform()) || tellsDebugIds(event))
                && !EventStack.of(event.json()).isEmpty();
    }

    /**
     * Makes an event readable in place. A stack trace that has been is left alone, and so is one beside which its sender has put a raw one.
     * What is broken here costs an event nothing but being readable; what the files' keeper cannot answer is thrown on.
     */
    public void apply(NormalizedEvent event, CodeFiles files) {
        List<EventStack> stacks = EventStack.of(event.json()).stream()
                .filter(EventStack::isAsItCame)
                .toList();
        if (stacks.isEmpty()) {
            return;
        }
        var asked = new AskedFiles(files);
        try {
            apply(event, stacks, asked);
        } catch (RuntimeException e) {
            if (asked.hasFailed()) {
                throw e;
            }
            stacks.forEach(EventStack::takeBack);
            new EventErrors(event.json())
                    .add(
                            Problem.FAILED.kind(),
                            stacks.getLast().path(),
                            StringNode.valueOf(e.getClass().getSimpleName()),
                            "The frames could not be looked up because of a fault of the server, whose log says more.");
            failures.failed(event.id(), e);
        }
    }

    private void apply(NormalizedEvent event, List<EventStack> stacks, CodeFiles files) {
        ObjectNode json = event.json();
        DebugIds debugIds = DebugIds.of(json);
        List<List<MinifiedFrame>> minified = stacks.stream()
                .map(stack -> stack.minified(event.platform(), debugIds))
                .toList();
        String dist = json.path("dist").asString("");
        List<List<Resolution>> resolutions =
                symbolicator.resolve(minified, event.release(), dist.isEmpty() ? null : dist, files);
        var errors = new Errors(json);
        for (int i = 0; i < stacks.size(); i++) {
            rewrite(stacks.get(i), resolutions.get(i));
            errors.add(stacks.get(i), minified.get(i), resolutions.get(i));
        }
        retrace.apply(
                json,
                stacks.stream().filter(EventStack::isAsItCame).toList(),
                event.platform(),
                event.release() == null ? "" : event.release(),
                files);
    }

    private static void rewrite(EventStack stack, List<Resolution> resolutions) {
        if (resolutions.stream().noneMatch(Resolution.Original.class::isInstance)) {
            return;
        }
        stack.keepAsItCame();
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

        void add(EventStack stack, List<MinifiedFrame> frames, List<Resolution> resolutions) {
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
