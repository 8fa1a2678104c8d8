package dev.resentry.gateway.endpoint;

import dev.resentry.model.envelope.Endpoint;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path that SDKs post to: {@code /api/{project_id}/envelope/} and {@code /store/}, also below {@code /api/v1/}, with or
 * without the final slash. Runs of slashes count as one (ingest protocol, section 1.1).
 *
 * @param projectId the segment as it was sent, whatever it is
 */
record IngestRoute(String projectId, Endpoint endpoint) {
    private static final Pattern PATH = Pattern.compile("/+api/+(?:v1/+)?([^/]+)/+(envelope|store)/*");

    static Optional<IngestRoute> of(String path) {
        if (!path.contains("envelope") && !path.contains("store")) {
            return Optional.empty();
        }
        Matcher match = PATH.matcher(path);
        return match.matches()
                ? Optional.of(new IngestRoute(
                        match.group(1), Endpoint.valueOf(match.group(2).toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }
}
