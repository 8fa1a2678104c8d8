package dev.resentry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.embedded.FreePort;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.ProjectRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an installation does while its broker and its database are not there yet. */
@Timeout(120)
class GatewayPartTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePort.find();

    @TempDir
    private Path root;

    @Test
    void envelopesAreKeptBeforeThereIsABrokerAndThePagesSayWhatIsAwaited() throws Exception {
        try (var directory = DataDirectory.open(root, "1.0.0", 0)) {
            writeDown(directory, "web-shop");
            try (var _ = Services.startGateway(port, directory, "127.0.0.1:" + FreePort.find())) {
                HttpResponse<String> kept = send(HttpRequest.newBuilder(at("/api/v1/events"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"project_key\": \"web-shop\", \"message\": \"nobody else is up\"}")));
                assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);

                HttpResponse<String> readiness = send(HttpRequest.newBuilder(at("/health/ready")));
                assertThat(readiness.statusCode()).isEqualTo(503);
                assertThat(readiness.body()).contains("the processor and the API are starting");

                assertThat(send(HttpRequest.newBuilder(at("/ui/"))).statusCode())
                        .isEqualTo(503);
            }
            try (var spooled = Files.walk(directory.spool())) {
                assertThat(spooled.filter(file -> file.toString().endsWith(".spool")))
                        .hasSize(1);
            }
        }
    }

    /** As a gateway does that knows a project. */
    private static void writeDown(DataDirectory directory, String slug) throws IOException {
        var project = new ProjectConfig(
                new ProjectId(7),
                1,
                slug,
                true,
                List.of(new ProjectConfig.Key(new PublicKey("a".repeat(32)), true, List.of())),
                List.of("*"),
                List.of());
        Files.createDirectories(directory.spool());
        Files.write(directory.spool().resolve("projects"), ProjectRecord.value(project));
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
