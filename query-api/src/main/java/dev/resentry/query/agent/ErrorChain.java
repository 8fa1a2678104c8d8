package dev.resentry.query.agent;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Frame;
import dev.resentry.model.event.Stacktraces;
import dev.resentry.model.repository.PathMappings;
import dev.resentry.query.agent.AgentIssue.NamedValue;
import dev.resentry.query.agent.AgentIssue.StackEntry;
import dev.resentry.query.agent.AgentIssue.ThrownError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What was thrown, the root cause first, each with the frames of the program's own code; between them libraries are only counted. */
final class ErrorChain {
    /** Where no frame is said to be of the program, those nearest to the crash stand for it. */
    private static final int NEAREST = 3;

    private final Event event;
    private final PathMappings mappings;
    private final AgentDetail detail;
    private int framesLeft;

    ErrorChain(Event event, PathMappings mappings, AgentDetail detail) {
        this.event = event;
        this.mappings = mappings;
        this.detail = detail;
        this.framesLeft = detail.frames();
    }

    List<ThrownError> errors() {
        List<ExceptionValue> thrown = event.exceptions().values();
        List<ThrownError> errors = new ArrayList<>();
        for (ExceptionValue exception : thrown.subList(0, Math.min(thrown.size(), detail.errors()))) {
            errors.add(new ThrownError(
                    text(exception.type(), detail.valueBytes()),
                    text(exception.value(), detail.textBytes()),
                    exception.handled().orElse(null),
                    exception.json().path("raw_stacktrace").isObject(),
                    stack(exception.stacktrace().frames())));
        }
        if (errors.isEmpty()) {
            List<Frame> frames = Stacktraces.main(event).frames();
            String message = event.logEntry().formatted();
            if (!frames.isEmpty() || !message.isEmpty()) {
                errors.add(new ThrownError(null, text(message, detail.textBytes()), null, false, stack(frames)));
            }
        }
        return errors;
    }

    /** The variables of the in-app frame nearest to the crash, else of the frame nearest to it. */
    List<NamedValue> variables() {
        List<Frame> frames = Stacktraces.main(event).frames().reversed();
        Optional<Frame> top = frames.stream()
                .filter(Frame::isInApp)
                .findFirst()
                .or(() -> frames.stream().findFirst());
        JsonNode values =
                top.map(frame -> frame.json().path("vars")).orElse(event.json().path("vars"));
        return values.propertyStream()
                .limit(detail.variables())
                .map(variable -> new NamedValue(
                        EventText.line(variable.getKey(), detail.valueBytes()),
                        EventText.line(plain(variable.getValue()), detail.valueBytes())))
                .toList();
    }

    private List<StackEntry> stack(List<Frame> frames) {
        boolean anyInApp = frames.stream().anyMatch(Frame::isInApp);
        List<StackEntry> stack = new ArrayList<>();
        int passed = 0;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(frames.size() - 1 - i);
            boolean isTold = anyInApp ? frame.isInApp() : i < NEAREST;
            if (!isTold || framesLeft == 0) {
                passed++;
                continue;
            }
            if (passed > 0) {
                stack.add(StackEntry.ofLibraries(passed));
                passed = 0;
            }
            framesLeft--;
            stack.add(entry(frame));
        }
        if (passed > 0) {
            stack.add(StackEntry.ofLibraries(passed));
        }
        return stack;
    }

    private StackEntry entry(Frame frame) {
        String path = mappings.sourcePath(frame)
                .orElseGet(() -> frame.filename().isEmpty() ? frame.absPath() : frame.filename());
        String function = frame.module().isEmpty() ? frame.function() : frame.module() + "." + frame.function();
        List<String> source = source(frame);
        return new StackEntry(
                null,
                text(path, detail.valueBytes()),
                frame.line() == 0 ? null : frame.line(),
                text(function, detail.valueBytes()),
                source.isEmpty() ? null : source);
    }

    private List<String> source(Frame frame) {
        JsonNode line = frame.json().path("context_line");
        if (!line.isString()) {
            return List.of();
        }
        List<String> before = lines(frame.json().path("pre_context"));
        List<String> after = lines(frame.json().path("post_context"));
        before = before.subList(Math.max(0, before.size() - detail.sourceLines()), before.size());
        after = after.subList(0, Math.min(after.size(), detail.sourceLines()));
        List<String> source = new ArrayList<>();
        int number = frame.line() - before.size();
        for (String text : before) {
            source.add(numbered(' ', number++, text));
        }
        source.add(numbered('>', number++, line.asString()));
        for (String text : after) {
            source.add(numbered(' ', number++, text));
        }
        return source;
    }

    private String numbered(char mark, int number, String text) {
        return "%c %d | %s".formatted(mark, number, EventText.line(text, detail.valueBytes()));
    }

    private static List<String> lines(JsonNode list) {
        return list.isArray()
                ? list.valueStream().map(line -> line.asString("")).toList()
                : List.of();
    }

    private static String plain(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    private static @Nullable String text(String text, int maxBytes) {
        return text.isEmpty() ? null : EventText.block(text, maxBytes);
    }
}
