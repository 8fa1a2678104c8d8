package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.node.ObjectNode;

@ResourceLock(Resources.SYSTEM_OUT)
class OpenApiValidateCommandTest {

    @Test
    void theBuiltInDocumentIsValidAndLikeItself() throws IOException {
        Run run = validate(builtIn());

        assertThat(run.output()).contains("ok    Schema", "ok    Built in").doesNotContain("FAIL");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void anotherDocumentIsToldApartByItsOperationsAndSchemas() throws IOException {
        ObjectNode other = builtIn();
        ((ObjectNode) other.path("paths")).remove("/api/v1/jobs");
        ((ObjectNode) other.path("paths"))
                .set("/api/v1/tasks", other.at("/paths/~1api~1v1~1storage").deepCopy());
        ((ObjectNode) other.at("/components/schemas/Job")).put("description", "Something else");

        Run run = validate(other);

        assertThat(run.output())
                .contains(
                        "ok    Schema",
                        "FAIL  Built in    GET /api/v1/jobs is missing",
                        "FAIL  Built in    GET /api/v1/tasks is not built in",
                        "FAIL  Built in    Schema Job differs");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aDocumentThatIsNotOpenApiIsFaultedAtItsPlace() throws IOException {
        ObjectNode wrong = builtIn();
        ((ObjectNode) wrong.path("info")).remove("title");
        ((ObjectNode) wrong.at("/components/schemas/Job")).put("type", "thing");

        Run run = validate(wrong);

        assertThat(run.output())
                .contains("FAIL  Schema      /info: ")
                .contains("FAIL  Schema      /components/schemas/Job");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aServerWithoutADocumentIsNamed() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        try {
            Run run = run(server);
            assertThat(run.errors()).contains("/openapi.json answers 404 (expected: 200 with a JSON object)");
            assertThat(run.exitCode()).isEqualTo(1);
        } finally {
            server.stop(0);
        }
    }

    private record Run(int exitCode, String output, String errors) {}

    private static ObjectNode builtIn() throws IOException {
        return (ObjectNode) OpenApiDocuments.builtIn();
    }

    private static Run validate(ObjectNode document) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] json = document.toString().getBytes(UTF_8);
        server.createContext("/openapi.json", exchange -> {
            exchange.sendResponseHeaders(200, json.length);
            try (var out = exchange.getResponseBody()) {
                out.write(json);
            }
        });
        server.start();
        try {
            return run(server);
        } finally {
            server.stop(0);
        }
    }

    private static Run run(HttpServer server) {
        var output = new ByteArrayOutputStream();
        var errors = new StringWriter();
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, UTF_8));
        try {
            int exitCode = ResentryCommand.commandLine()
                    .setErr(new PrintWriter(errors, true))
                    .execute(
                            "openapi-validate",
                            "--url",
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/");
            return new Run(exitCode, output.toString(UTF_8), errors.toString());
        } finally {
            System.setOut(before);
        }
    }
}
