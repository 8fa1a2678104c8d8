package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the web UI, in a real browser; the journeys themselves are in {@code web-ui/e2e}. */
@Timeout(900)
class WebUiJourneysIT {
    private static final Path JOURNEYS = Path.of("..", "web-ui", "e2e");
    private static final Path NODE_CHECK = Path.of("..", "web-ui", "has-node.sh");
    private static final Path LOG = Path.of("target", "logs", "web-ui-journeys.log");

    @Test
    void peopleGetDoneWhatTheyCameFor(@TempDir Path directory) throws Exception {
        var provider = new MockOAuth2Server(
                new OAuth2Config(true, null, null, false, new OAuth2TokenProvider(), Set.of(), new NettyWrapper()));
        provider.start();
        try (var standalone = Standalone.unpackedIn(directory)) {
            Map<String, String> signOn = Map.of(
                    "OIDC_ISSUER", provider.issuerUrl("company").toString(),
                    "OIDC_CLIENT_ID", "resentry",
                    "OIDC_CLIENT_SECRET", "a secret of the client",
                    "OIDC_AUTO_CREATE", "true",
                    "OIDC_NAME", "Company");
            ServiceProcess process = standalone.up(signOn).awaitReady();
            if (!hasNode()) {
                assertThat(Http.status(standalone.url() + "/ui/"))
                        .as("a build without Node has no web UI, and works")
                        .isEqualTo(404);
                return;
            }
            String password = Standalone.shownPassword(process);

            int exitCode = run(Map.of(
                    "RESENTRY_URL",
                    "http://localhost:" + standalone.port,
                    "RESENTRY_PASSWORD",
                    password,
                    "RESENTRY_SIGN_ON",
                    "Company"));

            String log = Files.readString(LOG);
            assertThat(exitCode).as(log).isZero();
            assertThat(log).as("a journey that was skipped has not been made").doesNotContain(" skipped");
        } finally {
            provider.shutdown();
        }
    }

    private static int run(Map<String, String> environment) throws IOException, InterruptedException {
        Files.createDirectories(LOG.getParent());
        var builder = new ProcessBuilder("./run.sh")
                .directory(JOURNEYS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment().putAll(environment);
        Process journeys = builder.start();
        try {
            assertThat(journeys.waitFor(12, TimeUnit.MINUTES))
                    .as("the journeys end; see %s", LOG)
                    .isTrue();
            return journeys.exitValue();
        } finally {
            journeys.descendants().forEach(ProcessHandle::destroy);
            journeys.destroy();
        }
    }

    /** Asks as the build of the web UI does. */
    private static boolean hasNode() throws IOException, InterruptedException {
        return new ProcessBuilder(NODE_CHECK.toString()).start().waitFor() == 0;
    }
}
