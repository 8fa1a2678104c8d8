package dev.resentry.processing.group;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Stacktraces;
import dev.resentry.processing.group.Component.Node;
import dev.resentry.processing.group.Component.Value;
import dev.resentry.processing.group.frame.FrameReader;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.message.MessageTemplate;
import dev.resentry.processing.group.rule.StackRules;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an event is grouped by where no fingerprint says otherwise: the first of its exceptions, a stack trace, a template, a security
 * report and a message that tells something.
 *
 * @param variant what that is
 * @param component its parts
 * @param system the same over all frames; null where no frames count
 * @param frames the frames that rules and variables look at, the one nearest to the crash last
 */
record DefaultGrouping(
        String variant, Component component, @Nullable Component system, List<GroupingFrame> frames) {
    private static final ExceptionValue NO_EXCEPTION = new ExceptionValue(MissingNode.getInstance());

    static DefaultGrouping of(NormalizedEvent event, List<ExceptionValue> exceptions, StackRules rules) {
        Event view = event.view();
        String platform = String.valueOf(event.platform());
        if (!exceptions.isEmpty()) {
            DefaultGrouping thrown = exceptions(exceptions, platform, rules);
            if (thrown.component().contributes()) {
                return thrown;
            }
        }
        DefaultGrouping stack = stacktrace(view, platform, rules);
        if (stack.component().contributes()) {
            return stack;
        }
        Node template = template(event.json());
        if (template.contributes()) {
            return new DefaultGrouping("template", template, null, List.of());
        }
        Node report = SecurityReport.of(event.json());
        if (report != null && report.contributes()) {
            return new DefaultGrouping("security", report, null, List.of());
        }
        Value message = message(view);
        return message.contributes()
                ? new DefaultGrouping("message", message, null, List.of())
                : new DefaultGrouping("fallback", fallback(event, platform), null, List.of());
    }

    private static DefaultGrouping exceptions(List<ExceptionValue> values, String platform, StackRules rules) {
        var exceptions = new ExceptionComponents(values, platform, rules);
        return new DefaultGrouping(
                "app", exceptions.of(Stack.Frames.IN_APP), exceptions.of(Stack.Frames.ALL), exceptions.framesOfMain());
    }

    /** A stack that a message brought with it: one place may log several messages. */
    private static DefaultGrouping stacktrace(Event view, String platform, StackRules rules) {
        var applied = rules.apply(FrameReader.read(Stacktraces.ofGrouping(view), platform), NO_EXCEPTION);
        return new DefaultGrouping(
                "app",
                stacktrace(view, applied, Stack.Frames.IN_APP),
                stacktrace(view, applied, Stack.Frames.ALL),
                applied.frames());
    }

    private static Node stacktrace(Event view, StackRules.Applied applied, Stack.Frames which) {
        Stack stack = Stack.of(applied.frames(), which, false, applied.maxFrames(), applied.minFrames());
        List<Component> parts = new ArrayList<>(List.of(stack.component()));
        if (stack.contributes()) {
            parts.add(message(view));
        }
        return Node.of("threads", parts);
    }

    private static Node template(JsonNode event) {
        JsonNode template = event.path("template");
        String file = template.path("filename").asString("");
        String line = template.path("context_line").asString("").strip();
        return Node.of("template", List.of(Value.of("filename", file), Value.of("line", line)));
    }

    private static Value message(Event view) {
        String template = view.logEntry().template();
        return Value.of("message", MessageTemplate.of(template), template);
    }

    /** What says nothing at all is kept apart by where it came from, not thrown into one issue. */
    private static Node fallback(NormalizedEvent event, String platform) {
        Event view = event.view();
        String place = view.transaction().isBlank() ? view.culprit() : view.transaction();
        return Node.of(
                "fallback",
                List.of(
                        new Value("platform", platform, true, null),
                        Value.of("logger", view.logger()),
                        Value.of("level", event.level().wireName()),
                        Value.of("place", place),
                        Value.of("sdk", view.sdk().name())));
    }
}
