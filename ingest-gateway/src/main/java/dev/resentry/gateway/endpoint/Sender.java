package dev.resentry.gateway.endpoint;

import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.project.Credentials;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * An admitted request: it may send to the project.
 *
 * @param client the SDK as {@code name/version}, if it says so
 * @param origin the web page it comes from
 */
record Sender(
        IngestRequest request,
        IngestRoute route,
        ContentEncoding encoding,
        ProjectConfig project,
        PublicKey publicKey,
        @Nullable String client,
        @Nullable String origin) {

    static Sender of(
            IngestRequest request,
            IngestRoute route,
            ContentEncoding encoding,
            ProjectConfig project,
            Credentials credentials,
            @Nullable String origin) {
        String client = credentials.client();
        return new Sender(
                request,
                route,
                encoding,
                project,
                credentials.publicKey(),
                client == null ? request.header("user-agent") : client,
                origin);
    }
}
