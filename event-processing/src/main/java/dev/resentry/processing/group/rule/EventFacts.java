package dev.resentry.processing.group.rule;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventThread;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.frame.GroupingFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What rules may ask of an event.
 *
 * @param platform as the SDK names it
 * @param exceptions the exceptions that may be asked for; one for stack-trace rules, all for fingerprint rules
 */
public record EventFacts(Event event, String platform, List<ExceptionValue> exceptions, List<GroupingFrame> frames) {
    public EventFacts {
        exceptions = List.copyOf(exceptions);
        frames = List.copyOf(frames);
    }

    /** The texts that a matcher of the event tests; it matches if one of them does. */
    List<String> values(Subject subject, String name) {
        return switch (subject) {
            case TYPE -> exceptions.stream().map(ExceptionValue::type).toList();
            case VALUE -> exceptions.stream().map(ExceptionValue::value).toList();
            case MECHANISM ->
                exceptions.stream()
                        .map(exception ->
                                exception.json().path("mechanism").path("type").asString(""))
                        .toList();
            case MESSAGE -> {
                List<String> texts = new ArrayList<>(values(Subject.VALUE, ""));
                texts.add(event.logEntry().formatted());
                texts.add(event.logEntry().template());
                yield texts;
            }
            case LOGGER -> List.of(event.logger());
            case LEVEL -> List.of(event.level().wireName());
            case SDK -> List.of(event.sdk().name());
            case RELEASE -> List.of(event.json().path("release").asString(""));
            case ENVIRONMENT -> List.of(event.json().path("environment").asString(""));
            case TRANSACTION -> List.of(event.transaction());
            case TAG -> List.of(event.json().path("tags").path(name).asString(""));
            case THREAD -> threads(name);
            case FAMILY -> List.of(Family.of(platform), platform, "all");
            case FUNCTION, MODULE, PATH, BINARY, APP, CATEGORY -> List.of();
        };
    }

    private List<String> threads(String name) {
        Stream<EventThread> concerned =
                event.threads().stream().filter(thread -> thread.isCrashed() || thread.isCurrent());
        return concerned.map(thread -> thread.json().path(name).asString("")).toList();
    }
}
