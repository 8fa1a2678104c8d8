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

    /** Reads a DSN. Empty when it is not one. */
    public static Optional<Dsn> parse(String text) {
        try {
            var uri = new URI(text);
            String user = uri.getRawUserInfo();
            String path = uri.getRawPath();
            if (uri.getScheme() == null || uri.getHost() == null || user == null || path == null) {
                return Optional.empty();
            }
            int slash = path.lastIndexOf('/');
            int colon = user.indexOf(':');
            var key = PublicKey.parse(colon < 0 ? user : user.substring(0, colon));
            var project = ProjectId.parse(path.substring(slash + 1));
            var base = new URI(
                    uri.getScheme(),
                    null,
                    uri.getHost(),
                    uri.getPort(),
                    path.substring(0, Math.max(slash, 0)),
                    null,
                    null);
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
