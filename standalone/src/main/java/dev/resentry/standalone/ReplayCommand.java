package dev.resentry.standalone;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Has the past processed again and shows how far that is until it has ended. */
@Command(name = "replay", description = "Process what was received again and rewrite what was made of it.")
final class ReplayCommand implements Runnable {
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");
    private static final long LOOK_EVERY_MILLIS = 1_000;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "What arrived then or later: 2026-11-20 or 2026-11-20T12:00:00Z, in UTC.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "What arrived before (default: now).")
    private @Nullable String to;

    @Option(names = "--project", split = ",", paramLabel = "ID", description = "Only of these projects (default: all).")
    private List<Long> projects = new ArrayList<>();

    @Option(
            names = "--types",
            split = ",",
            paramLabel = "TYPE",
            description = "Only envelopes with an item of one of these types (default: all).")
    private List<String> types = new ArrayList<>();

    @Option(names = "--dry-run", description = "Change nothing and say what would change.")
    private boolean dryRun;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public void run() {
        Instance instance = Instance.running(data.directory());
        Map<String, Object> request = new HashMap<>();
        request.put("from", time("--from", from).toString());
        request.put("to", (to == null ? Instant.now() : time("--to", to)).toString());
        request.put("projects", projects);
        request.put("types", types);
        request.put("dry_run", dryRun);
        try (var api = new ApiClient()) {
            ApiClient.Answer answer = api.post(instance, "/api/v1/replays", request);
            if (answer.status() != 202) {
                throw new UserFacingException("The replay was refused: "
                        + answer.json().path("message").asString("status " + answer.status()));
            }
            long id = answer.json().path("id").asLong();
            System.out.printf("Replay %d; it goes on if this command is stopped%n", id);
            report(await(api, instance, id));
        }
    }

    static Instant time(String option, String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException _) {
            throw new UserFacingException(
                    "%s: %s (expected: 2026-11-20 or 2026-11-20T12:00:00Z)".formatted(option, text));
        }
    }

    private static JsonNode await(ApiClient api, Instance instance, long id) {
        String shown = "";
        while (true) {
            ApiClient.Answer answer = api.get(instance, "/api/v1/replays/" + id);
            if (answer.status() != 200) {
                throw new UserFacingException("The replay's state is not told: status " + answer.status());
            }
            JsonNode job = answer.json();
            String line = line(job);
            if (!line.equals(shown)) {
                System.out.println(line);
                shown = line;
            }
            if (ENDS.contains(job.path("state").asString(""))) {
                return job;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new UserFacingException("interrupted");
            }
        }
    }

    private static String line(JsonNode job) {
        JsonNode progress = job.path("progress");
        String left = progress.path("remaining_seconds").isNumber()
                ? ", about %s s left".formatted(progress.path("remaining_seconds"))
                : "";
        return "%s: %s of %s%s"
                .formatted(job.path("state").asString("unknown"), progress.path("done"), progress.path("total"), left);
    }

    private static void report(JsonNode job) {
        if (job.path("state").asString("").equals("failed")) {
            throw new UserFacingException(
                    "The replay failed: " + job.path("failure").asString(""));
        }
        JsonNode result = job.path("result");
        for (JsonNode table : result.path("tables")) {
            System.out.printf(
                    "%s: %s added, %s changed, %s removed%n",
                    table.path("table").asString(), table.path("added"), table.path("changed"), table.path("removed"));
        }
        System.out.printf("Issues whose events changed: %s%n", result.at("/issues/changed"));
        result.path("skipped")
                .properties()
                .forEach(skipped -> System.out.printf("Left alone (%s): %s%n", skipped.getKey(), skipped.getValue()));
        if (result.path("gone").asLong() > 0) {
            System.out.printf("Gone from the topic and the database: %s envelopes%n", result.path("gone"));
        }
    }
}
