package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The unmodified client of the Model Context Protocol. */
final class AgentTools {
    private static final JsonMapper JSON = JsonMapper.shared();

    private AgentTools() {}

    /** A call of a tool. */
    record Call(String name, Map<String, Object> arguments) {}

    static void install() throws IOException, InterruptedException {
        Npm.install("agent-tools");
    }

    /** What tools at an address answer: {@code {"tools": [name], "answers": [{name, isError, text}]}}. */
    static JsonNode overHttp(Path directory, String url, String token, List<Call> calls)
            throws IOException, InterruptedException {
        return run(directory, List.of("http", url, token), calls);
    }

    /** What the tools of a server answer that is a package, and runs as a program. */
    static JsonNode ofPackage(Path directory, String name, List<String> arguments, List<Call> calls)
            throws IOException, InterruptedException {
        List<String> way = new ArrayList<>(List.of("stdio", name));
        way.addAll(arguments);
        return run(directory, way, calls);
    }

    private static JsonNode run(Path directory, List<String> way, List<Call> calls)
            throws IOException, InterruptedException {
        Path input = Files.writeString(directory.resolve("calls.json"), JSON.writeValueAsString(calls));
        Path output = directory.resolve("answers.json");
        Path errors = directory.resolve("errors.txt");
        List<String> command = new ArrayList<>(List.of("node", "agent-tools/call.js"));
        command.addAll(way);
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS))
                .as("the end of the client")
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return JSON.readTree(Files.readString(output));
    }
}
