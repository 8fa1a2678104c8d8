package dev.resentry.model.envelope;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one list of paths that the gateway owns (ingest protocol, section 1.1, and routes of our own). Whatever stands in front of
 * the services, and whoever must leave these paths alone, goes by it. Every path is taken with and without a slash at its end,
 * and runs of slashes count as one.
 */
public final class IngestRoutes {
    /** Below {@code /api/} and below {@code /api/v1/}. */
    private static final List<String> BELOW_BOTH = List.of(
            "{project}/envelope",
            "{project}/store",
            "{project}/security",
            "{project}/csp-report",
            "{project}/nel",
            "{project}/minidump",
            "{project}/unreal/{key}",
            "{project}/events/{event}/attachments",
            "{project}/cron/{slug}",
            "{project}/cron/{slug}/{key}",
            "{project}/integration/otlp/v1/traces",
            "{project}/integration/otlp/v1/logs",
            "{project}/otlp/v1/traces",
            "{project}/otlp/v1/logs",
            "embed/error-page",
            "events/ingest/{slug}",
            "events/ingest/token/{key}",
            "sessions/ingest/token/{key}");

    private static final String STORE_BY_KEY = "/api/store";
    private static final String EVENTS = "/api/v1/events";

    private static final Pattern EVENTS_PATH = Pattern.compile(regex(EVENTS) + "/*");

    /** What follows {@code v1} is never taken for a project. */
    private static final Pattern PATH = Pattern.compile("(?:%s|%s|/+api/+(?:v1/+)?+(?:%s))/*"
            .formatted(
                    regex(STORE_BY_KEY),
                    regex(EVENTS),
                    BELOW_BOTH.stream().map(IngestRoutes::regex).collect(Collectors.joining("|"))));

    private IngestRoutes() {}

    /** All paths; a name in braces stands for any one segment. */
    public static List<String> patterns() {
        return Stream.of(
                        Stream.of(STORE_BY_KEY, EVENTS),
                        BELOW_BOTH.stream().map(path -> "/api/" + path),
                        BELOW_BOTH.stream().map(path -> "/api/v1/" + path))
                .flatMap(paths -> paths)
                .toList();
    }

    /**
     * Whether a request is the gateway's, be it right or wrong. Events are read from the API where reports of errors are posted.
     *
     * @param path as it was sent, without the query
     */
    public static boolean contains(String method, String path) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        return PATH.matcher(path).matches()
                && !(reads && EVENTS_PATH.matcher(path).matches());
    }

    private static String regex(String pattern) {
        return pattern.replaceAll("\\{[a-z]+}", "[^/]+").replaceAll("(?<!\\^)/", "/+");
    }
}
