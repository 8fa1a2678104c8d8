package dev.resentry.gateway.endpoint;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.project.Dsn;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An ingest route (ingest protocol, section 1.1, and routes of our own; listed in {@code IngestRoutes}). Every path is taken
 * with and without the final slash, runs of slashes count as one, and the SDKs' paths may stand below {@code /api/v1/} too.
 *
 * @param projectId the segment as it was sent, whatever it is; null if the path names no project's number
 * @param key the public key or token in the path
 * @param slug the job of a check-in, or the project of an event in the team's form
 * @param eventId the event that files belong to, as it was sent
 */
record IngestRoute(
        Endpoint endpoint,
        Acknowledgement acknowledgement,
        @Nullable String projectId,
        @Nullable String key,
        @Nullable String slug,
        @Nullable String eventId) {
    private static final int MAX_SEGMENTS = 8;

    /** What a sender whose envelope is kept reads. */
    enum Acknowledgement {
        /** JSON with the event's id, if there is an event. */
        ID,
        /** Nothing. */
        EMPTY,
        /** The event's id as a dashed UUID, as text. */
        DASHED_ID,
        /** Status 201 and nothing else. */
        CREATED,
        /** Status 202 and nothing else. */
        ACCEPTED,
        /** The empty export response of OTLP, in the request's own format. */
        OTLP,
        /** JSON with id, time and message. */
        REPORT
    }

    static Optional<IngestRoute> of(String path) {
        List<String> segments = segments(path);
        if (segments.size() < 2 || !segments.getFirst().equals("api")) {
            return Optional.empty();
        }
        boolean versioned = segments.get(1).equals("v1");
        if (versioned && segments.size() == 3 && segments.get(2).equals("events")) {
            return route(Endpoint.ERROR_REPORT, Acknowledgement.REPORT, null, null, null, null);
        }
        List<String> rest = segments.subList(versioned ? 2 : 1, segments.size());
        return switch (rest.size()) {
            case 1 ->
                rest.getFirst().equals("store") && !versioned
                        ? route(Endpoint.STORE, Acknowledgement.ID, null, null, null, null)
                        : Optional.empty();
            case 2 -> ofProject(rest.get(0), rest.get(1));
            case 3 -> ofThree(rest.get(0), rest.get(1), rest.get(2));
            case 4 -> ofFour(rest.get(0), rest.get(1), rest.get(2), rest.get(3));
            case 5 ->
                rest.get(1).equals("integration") && rest.get(2).equals("otlp")
                        ? otlp(rest.get(0), rest.get(3), rest.get(4))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<IngestRoute> ofProject(String project, String word) {
        return switch (word) {
            case "envelope" -> route(Endpoint.ENVELOPE, Acknowledgement.ID, project, null, null, null);
            case "store" -> route(Endpoint.STORE, Acknowledgement.ID, project, null, null, null);
            case "security", "csp-report" -> route(Endpoint.SECURITY, Acknowledgement.EMPTY, project, null, null, null);
            case "nel" -> route(Endpoint.NEL, Acknowledgement.EMPTY, project, null, null, null);
            case "minidump" -> route(Endpoint.MINIDUMP, Acknowledgement.DASHED_ID, project, null, null, null);
            case "error-page" ->
                project.equals("embed")
                        ? route(Endpoint.ERROR_PAGE, Acknowledgement.ID, null, null, null, null)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<IngestRoute> ofThree(String first, String word, String last) {
        if (first.equals("events") && word.equals("ingest")) {
            return route(Endpoint.EVENT_REPORT, Acknowledgement.REPORT, null, null, decoded(last), null);
        }
        return switch (word) {
            case "unreal" -> route(Endpoint.UNREAL, Acknowledgement.DASHED_ID, first, last, null, null);
            case "cron" -> route(Endpoint.CRON, Acknowledgement.ACCEPTED, first, null, decoded(last), null);
            default -> Optional.empty();
        };
    }

    private static Optional<IngestRoute> ofFour(String first, String second, String third, String last) {
        if (second.equals("ingest") && third.equals("token")) {
            return switch (first) {
                case "events" -> route(Endpoint.EVENT_REPORT, Acknowledgement.REPORT, null, last, null, null);
                case "sessions" -> route(Endpoint.SESSION_REPORT, Acknowledgement.REPORT, null, last, null, null);
                default -> Optional.empty();
            };
        }
        return switch (second) {
            case "cron" -> route(Endpoint.CRON, Acknowledgement.ACCEPTED, first, last, decoded(third), null);
            case "events" ->
                last.equals("attachments")
                        ? route(Endpoint.ATTACHMENTS, Acknowledgement.CREATED, first, null, null, third)
                        : Optional.empty();
            case "otlp" -> otlp(first, third, last);
            default -> Optional.empty();
        };
    }

    private static Optional<IngestRoute> otlp(String project, String version, String signal) {
        if (!version.equals("v1")) {
            return Optional.empty();
        }
        return switch (signal) {
            case "traces" -> route(Endpoint.OTLP_TRACES, Acknowledgement.OTLP, project, null, null, null);
            case "logs" -> route(Endpoint.OTLP_LOGS, Acknowledgement.OTLP, project, null, null, null);
            default -> Optional.empty();
        };
    }

    /** The same route of a sender whom the query names. */
    IngestRoute of(Dsn dsn, String event) {
        return new IngestRoute(
                endpoint,
                acknowledgement,
                dsn.projectId().toString(),
                dsn.publicKey().toString(),
                slug,
                event);
    }

    /** Whether the route is an SDK's, whose errors have Sentry's shape; the others are our own. */
    boolean isSdk() {
        return acknowledgement != Acknowledgement.REPORT;
    }

    /** Whether the request is one for the query API, which serves stored events at the path that reports are posted to. */
    boolean isReadByApi(String method) {
        return endpoint == Endpoint.ERROR_REPORT && (method.equals("GET") || method.equals("HEAD"));
    }

    /** The methods beside OPTIONS, as the header {@code Allow} lists them. */
    String methods() {
        return switch (endpoint) {
            case STORE, CRON, ERROR_PAGE -> "GET, HEAD, POST, OPTIONS";
            default -> "POST, OPTIONS";
        };
    }

    boolean allows(String method) {
        return method.equals("POST")
                || (methods().startsWith("GET") && (method.equals("GET") || method.equals("HEAD")));
    }

    private static Optional<IngestRoute> route(
            Endpoint endpoint,
            Acknowledgement acknowledgement,
            @Nullable String projectId,
            @Nullable String key,
            @Nullable String slug,
            @Nullable String eventId) {
        return Optional.of(new IngestRoute(endpoint, acknowledgement, projectId, key, slug, eventId));
    }

    /** The segments of a path; none if there are more than any route has. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(MAX_SEGMENTS);
        int start = 0;
        while (start < path.length()) {
            int end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            if (end > start) {
                if (segments.size() == MAX_SEGMENTS) {
                    return List.of("");
                }
                segments.add(path.substring(start, end));
            }
            start = end + 1;
        }
        return segments.isEmpty() ? List.of("") : segments;
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            // A plus is a plus in a path.
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return segment;
        }
    }
}
