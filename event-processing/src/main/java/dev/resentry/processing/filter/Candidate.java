package dev.resentry.processing.filter;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Frame;
import dev.resentry.processing.address.IpAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An event that filters look at, as they see it. */
record Candidate(Event event, Sender sender) {

    String field(String name) {
        return event.json().path(name).asString("");
    }

    /** The message, and of each exception its value and {@code type: value}. */
    Stream<String> messages() {
        return Stream.concat(
                Stream.of(event.logEntry().formatted()),
                event.exceptions().values().stream()
                        .flatMap(exception ->
                                Stream.of(exception.value(), exception.type() + ": " + exception.value())));
    }

    Stream<String> types() {
        return event.exceptions().values().stream().map(ExceptionValue::type);
    }

    /** Where the exception that was thrown last comes from: the file of the innermost frame that has one; empty if none has. */
    String source() {
        List<Frame> frames = event.exceptions()
                .thrown()
                .map(thrown -> thrown.stacktrace().frames())
                .orElse(List.of());
        return frames.reversed().stream()
                .map(frame -> frame.absPath().isEmpty() ? frame.filename() : frame.absPath())
                .filter(file -> !file.isEmpty() && !file.equals("<anonymous>") && !file.equals("[native code]"))
                .findFirst()
                .orElse("");
    }

    /** That of the request that the event is about; else, of what a browser sent, that of the browser's request. */
    String userAgent() {
        for (JsonNode header : event.json().path("request").path("headers")) {
            if (header.path(0).asString("").equalsIgnoreCase("User-Agent")) {
                return header.path(1).asString("");
            }
        }
        return field("platform").equals("javascript") && sender.userAgent() != null ? sender.userAgent() : "";
    }

    /** The address of the user. */
    @Nullable
    IpAddress userAddress() {
        return IpAddress.of(event.user().json().path("ip_address").asString(""));
    }

    /** The address that the event came from, and that of the user. */
    Stream<IpAddress> addresses() {
        String from = sender.address();
        return Stream.of(from == null ? null : IpAddress.of(from), userAddress())
                .filter(Objects::nonNull);
    }
}
