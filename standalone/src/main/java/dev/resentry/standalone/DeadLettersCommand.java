package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What could not be processed: shown, downloaded, processed once more, or discarded. */
@Command(
        name = "dead-letters",
        description = "Look at what could not be processed, retry or discard it.",
        subcommands = {
            DeadLettersCommand.Causes.class,
            DeadLettersCommand.ListLetters.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.Download.class,
            DeadLettersCommand.Retry.class,
            DeadLettersCommand.Discard.class
        })
final class DeadLettersCommand implements Runnable {
    private static final String PATH = "/api/v1/dead-letters";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static JsonNode get(Path data, String path) {
        try (var api = new ApiClient()) {
            return expect(200, api.get(Instance.running(data), path));
        }
    }

    private static JsonNode post(Path data, int status, String path, Map<String, Object> body) {
        try (var api = new ApiClient()) {
            return expect(status, api.post(Instance.running(data), path, body));
        }
    }

    private static JsonNode expect(int status, ApiClient.Answer answer) {
        if (answer.status() != status) {
            throw new UserFacingException(answer.json().path("message").asString("status " + answer.status()));
        }
        return answer.json();
    }

    @Command(name = "causes", description = "Count open dead letters by cause.")
    static final class Causes implements Runnable {
        @Mixin
        private DataOption data = new DataOption();

        @Override
        public void run() {
            for (JsonNode cause : get(data.directory(), PATH + "/causes")) {
                System.out.printf(
                        "%7d  --reason %s --stage %s%s  newest %s (%d): %s%n",
                        cause.path("count").asLong(),
                        cause.path("reason").asString(),
                        cause.path("stage").asString(),
                        cause.path("project_id").isNumber() ? " --project " + cause.path("project_id") : "",
                        cause.path("newest").asString(),
                        cause.path("example").asLong(),
                        cause.path("example_cause").asString());
            }
        }
    }

    @Command(name = "list", description = "List dead letters, the newest first.")
    static final class ListLetters implements Runnable {
        @Option(names = "--state", description = "open, retrying, resolved or discarded (default: all).")
        private @Nullable String state;

        @Option(names = "--reason", description = "Why they failed, such as invalid_json.")
        private @Nullable String reason;

        @Option(names = "--stage", description = "Where they failed: decode, split, item, project or store.")
        private @Nullable String stage;

        @Option(names = "--project", description = "The id of their project.")
        private @Nullable Long project;

        @Option(names = "--limit", description = "How many at most, up to 200 (default: ${DEFAULT-VALUE}).")
        private int limit = 50;

        @Mixin
        private DataOption data = new DataOption();

        @Override
        public void run() {
            Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
            parameters.put("state", state);
            parameters.put("reason", reason);
            parameters.put("stage", stage);
            parameters.put("project", project);
            parameters.put("limit", limit);
            String query = parameters.entrySet().stream()
                    .filter(parameter -> parameter.getValue() != null)
                    .map(parameter ->
                            parameter.getKey() + "=" + URLEncoder.encode(String.valueOf(parameter.getValue()), UTF_8))
                    .collect(Collectors.joining("&"));
            for (JsonNode letter : get(data.directory(), PATH + "?" + query).path("results")) {
                System.out.printf(
                        "%7d  %s  %-9s  %s at %s%s: %s%n",
                        letter.path("id").asLong(),
                        letter.path("at").asString(),
                        letter.path("state").asString(),
                        letter.path("reason").asString(),
                        letter.path("stage").asString(),
                        letter.path("project_id").isNumber() ? " of project " + letter.path("project_id") : "",
                        letter.path("cause").asString());
            }
        }
    }

    @Command(name = "show", description = "Show a dead letter with its history.")
    static final class Show implements Runnable {
        @Parameters(index = "0", paramLabel = "ID", description = "The dead letter.")
        private long id;

        @Mixin
        private DataOption data = new DataOption();

        @Override
        public void run() {
            System.out.println(get(data.directory(), PATH + "/" + id).toPrettyString());
        }
    }

    @Command(name = "download", description = "Write the bytes of a dead letter, as they came, to a file.")
    static final class Download implements Runnable {
        @Parameters(index = "0", paramLabel = "ID", description = "The dead letter.")
        private long id;

        @Parameters(index = "1", paramLabel = "FILE", description = "Where to; must not be there.")
        private Path file = Path.of("");

        @Mixin
        private DataOption data = new DataOption();

        @Override
        public void run() {
            try (var api = new ApiClient()) {
                byte[] bytes = api.download(Instance.running(data.directory()), PATH + "/" + id + "/raw")
                        .orElseThrow(() -> new UserFacingException("Nothing is kept of a dead letter " + id));
                Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
                System.out.printf("%d bytes in %s%n", bytes.length, file);
            } catch (IOException e) {
                throw new UserFacingException("%s cannot be written: %s".formatted(file, e));
            }
        }
    }

    @Command(
            name = "retry",
            description = "Process a dead letter once more, or all of a cause: one first, then the others.")
    static final class Retry implements Runnable {
        @Mixin
        private DeadLetterSelection selection = new DeadLetterSelection();

        @Mixin
        private DataOption data = new DataOption();

        @Override
        public void run() {
            JsonNode started = post(data.directory(), 202, selection.path("retry"), selection.body());
            System.out.printf(
                    "%d dead letters are retried; see %s%n",
                    started.path("letters").asInt(),
                    started.path("job").path("href").asString());
        }
    }

    @Command(name = "discard", description = "Remove the bytes of a dead letter, or of all of a cause.")
    static final class Discard implements Runnable {
        @Mixin
        private DeadLetterSelection selection = new DeadLetterSelection();

        @Option(names = "--because", required = true, description = "Why nobody wants them; kept with the letters.")
        private String because = "";

        @Mixin
        private DataOption data = new DataOption();

        @Override
        public void run() {
            Map<String, Object> body = selection.body();
            body.put("because", because);
            JsonNode discarded = post(data.directory(), 200, selection.path("discard"), body);
            System.out.printf(
                    "%d dead letters are discarded%n", discarded.path("letters").asInt());
        }
    }
}
