package dev.resentry.model.alert;

import java.util.List;

/** The attributes of an event that rules may look at, by the names of Sentry's rules (web API, section 5). */
public final class EventAttribute {
    public static final List<String> NAMES = List.of(
            "message",
            "platform",
            "environment",
            "type",
            "error.handled",
            "error.unhandled",
            "exception.type",
            "exception.value",
            "user.id",
            "user.email",
            "user.username",
            "user.ip_address",
            "http.method",
            "http.url",
            "http.status_code",
            "sdk.name",
            "stacktrace.code",
            "stacktrace.module",
            "stacktrace.filename",
            "stacktrace.abs_path",
            "stacktrace.package");

    private EventAttribute() {}
}
