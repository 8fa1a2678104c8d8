package dev.resentry.standalone;

import dev.resentry.model.project.Dsn;
import dev.resentry.standalone.demo.DemoProject;
import dev.resentry.standalone.demo.Shipment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Fills an installation with projects of an invented shop, through the routes that SDKs use. */
@Command(
        name = "demo",
        description =
                "Add demo projects and send them errors and transactions of two weeks. What is there is not sent again.")
final class DemoCommand implements Runnable {
    /** Of everything and in a minute; the default of an installation would refuse most. */
    private static final Map<String, Object> NO_LIMIT = Map.of("limit", 1_000_000_000, "window_seconds", 60);

    private static final Duration PROCESSED_WITHIN = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLIS = 500;

    @Option(
            names = "--url",
            description = "Where the installation is reached (default: the one on the data directory).")
    private @Nullable URI url;

    @Option(names = "--token", description = "An access token of the installation at --url.")
    private @Nullable String token;

    @Mixin
    private DataOption data = new DataOption();

    /** A demo project as the installation has it. */
    private record Made(DemoProject project, long id, Dsn dsn) {}

    @Override
    public void run() {
        Instance instance = target();
        try (var api = new ApiClient()) {
            List<Made> projects = DemoProject.all().stream()
                    .map(project -> made(api, instance, project))
                    .toList();
            Instant now = Instant.now();
            long envelopes = 0;
            for (Made made : projects) {
                List<Shipment> all = made.project().until(now);
                Set<String> known = known(api, instance, made.id());
                List<Shipment> missing = all.stream()
                        .filter(shipment -> !known.contains(shipment.id().toString()))
                        .toList();
                envelopes += new DemoSender(api, made.dsn()).send(missing);
                report(made, all.size() - missing.size(), missing);
            }
            System.out.printf(
                    "%d envelopes sent; %s%n%s/%n",
                    envelopes,
                    processed(api, instance, now) ? "all are processed" : "some are still being processed",
                    instance.url());
        }
    }

    private Instance target() {
        if (url == null) {
            return Instance.running(data.directory());
        }
        if (token == null) {
            throw new UserFacingException("--url needs the access token of somebody who may add projects: --token");
        }
        return new Instance(-1, url.toString().replaceAll("/+$", ""), "", token, "", "");
    }

    private static Made made(ApiClient api, Instance instance, DemoProject project) {
        JsonNode found = existing(api, instance, project.slug());
        if (found == null) {
            ApiClient.Answer answer = api.post(
                    instance,
                    "/api/v1/projects",
                    Map.of("name", project.name(), "slug", project.slug(), "platform", project.platform()));
            if (answer.status() != 201) {
                throw new UserFacingException("Project %s was not made: %s".formatted(project.slug(), answer.fault()));
            }
            found = answer.json();
        }
        long id = found.path("id").asLong();
        ApiClient.Answer limited = api.patch(instance, "/api/v1/projects/" + id, Map.of("limits", List.of(NO_LIMIT)));
        if (limited.status() != 200) {
            throw new UserFacingException(
                    "The limits of project %s were not set: %s".formatted(project.slug(), limited.fault()));
        }
        String text = found.path("keys").path(0).path("dsn").asString("");
        Dsn dsn = Dsn.parse(text)
                .orElseThrow(() -> new UserFacingException("Project %s has no key".formatted(project.slug())));
        // The address that SDKs are told may not be reachable from here.
        return new Made(project, id, new Dsn(URI.create(instance.url()), dsn.publicKey(), dsn.projectId()));
    }

    private static @Nullable JsonNode existing(ApiClient api, Instance instance, String slug) {
        ApiClient.Answer answer = api.get(instance, "/api/v1/projects");
        if (answer.status() != 200) {
            throw new UserFacingException("The projects are not told: " + answer.fault());
        }
        for (JsonNode project : answer.json()) {
            if (project.path("slug").asString("").equals(slug)) {
                return project;
            }
        }
        return null;
    }

    /** The ids of what was sent before. */
    private static Set<String> known(ApiClient api, Instance instance, long project) {
        Set<String> ids = new HashSet<>();
        for (String list : List.of("events", "transactions")) {
            String path = "/api/v1/projects/%d/%s?limit=200".formatted(project, list);
            String cursor = "";
            do {
                ApiClient.Answer page = api.get(instance, cursor.isEmpty() ? path : path + "&cursor=" + cursor);
                if (page.status() != 200) {
                    throw new UserFacingException(
                            "The %s of project %d are not told: %s".formatted(list, project, page.fault()));
                }
                page.json()
                        .path("results")
                        .forEach(row -> ids.add(row.path("id").asString()));
                cursor = page.json().path("next").asString("");
            } while (!cursor.isEmpty());
        }
        return ids;
    }

    private static void report(Made made, int known, List<Shipment> sent) {
        long transactions = sent.stream().filter(Shipment::isTransaction).count();
        List<String> parts = new ArrayList<>();
        parts.add("%d events".formatted(sent.size() - transactions));
        parts.add("%d transactions".formatted(transactions));
        if (known > 0) {
            parts.add("%d of both were there".formatted(known));
        }
        System.out.printf(
                "%-10s %-16s %s%n", made.project().name(), made.project().platform(), String.join(", ", parts));
    }

    /** Waits until nothing is in flight any more. */
    private static boolean processed(ApiClient api, Instance instance, Instant since) {
        // Of a long past the balance takes its time, and it does not matter here.
        String balanceSince = "/api/v1/ledger/balance?from=" + since.truncatedTo(ChronoUnit.HOURS);
        long end = System.nanoTime() + PROCESSED_WITHIN.toNanos();
        while (System.nanoTime() < end) {
            ApiClient.Answer balance = api.get(instance, balanceSince);
            if (balance.status() == 200
                    && balance.json().at("/envelopes/in_flight").asLong(-1) == 0) {
                return true;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new UserFacingException("interrupted");
            }
        }
        return false;
    }
}
