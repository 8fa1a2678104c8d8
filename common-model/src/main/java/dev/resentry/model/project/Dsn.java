package dev.resentry.model.project;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * What an SDK is given to reach a project: {@code scheme://public[:secret]@host[:port][/path]/project_id} (ingest
 * protocol, section 1.3). The secret is outdated; it is read over and never kept.
 *
 * @param base where the server is reached: scheme, host, port and path, with neither credentials nor final slash
 */
public record Dsn(URI base, PublicKey publicKey, ProjectId projectId) {

    /**
     * Reads a DSN. Empty when it is not one. The host is taken as it stands: names that are none by the book, with an
     * underscore or in letters beyond ASCII, are in use, and nothing here depends on it.
     */
    public static Optional<Dsn> parse(String text) {
        try {
            var uri = new URI(text);
            String authority = uri.getRawAuthority();
            String path = uri.getRawPath();
            int at = authority == null ? -1 : authority.lastIndexOf('@');
            if (uri.getScheme() == null || authority == null || path == null || at < 0) {
                return Optional.empty();
            }
            String user = authority.substring(0, at);
            String host = authority.substring(at + 1);
            if (host.isEmpty() || host.startsWith(":")) {
                return Optional.empty();
            }
            int colon = user.indexOf(':');
            int slash = path.lastIndexOf('/');
            var key = PublicKey.parse(colon < 0 ? user : user.substring(0, colon));
            var project = ProjectId.parse(path.substring(slash + 1));
            var base = new URI("%s://%s%s".formatted(uri.getScheme(), host, path.substring(0, Math.max(slash, 0))));
            return key.flatMap(k -> project.map(p -> new Dsn(base, k, p)));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** The URL that envelopes for this DSN are posted to. */
    public URI envelopeEndpoint() {
        return URI.create("%s/api/%s/envelope/".formatted(base, projectId));
    }

    @Override
    public String toString() {
        return "%s://%s@%s%s/%s"
                .formatted(base.getScheme(), publicKey, base.getRawAuthority(), base.getRawPath(), projectId);
    }
}
