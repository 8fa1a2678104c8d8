package dev.resentry.processing.alert;

import dev.resentry.model.alert.EventAttribute;
import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Frame;
import dev.resentry.model.event.Stacktrace;
import dev.resentry.model.event.Stacktraces;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The attributes of events by their names in {@link EventAttribute}. One may have several values, such as the types of a chain of exceptions. */
final class EventValues {
    private EventValues() {}

    /** Without empty values. */
    static List<String> of(String attribute, AlertSubject subject) {
        return values(attribute, subject).filter(value -> !value.isEmpty()).toList();
    }

    private static Stream<String> values(String attribute, AlertSubject subject) {
        EventSummary summary = subject.summary();
        return switch (attribute) {
            case "platform" -> given(summary.platform());
            case "environment" -> given(summary.environment());
            case "message" -> Stream.of(subject.event().logEntry().formatted(), summary.title());
            case "type" -> Stream.of(type(subject.event()));
            case "error.handled" -> handled(subject.event(), true);
            case "error.unhandled" -> handled(subject.event(), false);
            case "exception.type" -> exceptions(subject.event(), ExceptionValue::type);
            case "exception.value" -> exceptions(subject.event(), ExceptionValue::value);
            case "user.id", "user.email", "user.username", "user.ip_address" ->
                field(subject.event().json().path("user"), attribute.substring("user.".length()));
            case "http.method" -> field(subject.event().json().path("request"), "method");
            case "http.url" -> Stream.of(subject.event().request().url());
            case "http.status_code" ->
                field(subject.event().json().path("contexts").path("response"), "status_code");
            case "sdk.name" -> Stream.of(subject.event().sdk().name());
            case "stacktrace.code" -> frames(subject.event()).flatMap(EventValues::code);
            case "stacktrace.module" -> frames(subject.event()).map(Frame::module);
            case "stacktrace.filename" -> frames(subject.event()).map(Frame::filename);
            case "stacktrace.abs_path" -> frames(subject.event()).map(Frame::absPath);
            case "stacktrace.package" -> frames(subject.event()).flatMap(frame -> field(frame.json(), "package"));
            default -> throw new IllegalArgumentException("attribute of an event: '%s'".formatted(attribute));
        };
    }

    private static Stream<String> given(@Nullable String value) {
        return Stream.ofNullable(value);
    }

    private static Stream<String> field(JsonNode json, String name) {
        return Stream.of(json.path(name).asString(""));
    }

    /** As Sentry names what an event is. */
    private static String type(Event event) {
        for (String report : List.of("csp", "hpkp", "expectct", "expectstaple")) {
            if (event.json().path(report).isObject()) {
                return report;
            }
        }
        return event.exceptions().isEmpty() ? "default" : "error";
    }

    /** Texts {@code true} and {@code false}, of each exception of which the SDK says it. */
    private static Stream<String> handled(Event event, boolean wanted) {
        return event.exceptions().values().stream()
                .flatMap(exception -> exception.handled().stream())
                .map(handled -> Boolean.toString(handled == wanted));
    }

    private static Stream<String> exceptions(Event event, Function<ExceptionValue, String> field) {
        return event.exceptions().values().stream().map(field);
    }

    /** The frames of all exceptions, else those that tell where it happened. */
    private static Stream<Frame> frames(Event event) {
        List<Stacktrace> thrown = event.exceptions().values().stream()
                .map(ExceptionValue::stacktrace)
                .filter(Stacktrace::hasFrames)
                .toList();
        return thrown.isEmpty()
                ? Stacktraces.main(event).frames().stream()
                : thrown.stream().flatMap(stacktrace -> stacktrace.frames().stream());
    }

    private static Stream<String> code(Frame frame) {
        List<String> lines = new ArrayList<>();
        frame.json().path("pre_context").valueStream().forEach(line -> lines.add(line.asString("")));
        lines.add(frame.json().path("context_line").asString(""));
        frame.json().path("post_context").valueStream().forEach(line -> lines.add(line.asString("")));
        return lines.stream();
    }
}
