package dev.resentry.standalone.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A project of the invented shop, described by a resource. What happens in it depends on the day alone: the same day has the same
 * events with the same ids, whenever it is asked for.
 */
public final class DemoProject {
    private static final List<String> NAMES = List.of("shop-web", "shop-api", "payments", "mobile", "worker");

    private final JsonNode description;

    private DemoProject(JsonNode description) {
        this.description = description;
    }

    /** All of them. */
    public static List<DemoProject> all() {
        return NAMES.stream().map(DemoProject::read).toList();
    }

    private static DemoProject read(String name) {
        String resource = "/demo/%s.json".formatted(name);
        try (InputStream in = DemoProject.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing in this build");
            }
            return new DemoProject(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What people call it. */
    public String name() {
        return description.path("name").asString();
    }

    /** Apart from projects that people made themselves. */
    public String slug() {
        return "demo-" + name();
    }

    /** The platform, in the words of project settings. */
    public String platform() {
        return description.path("platform").asString();
    }

    /** What happened in the two weeks up to a time, the oldest first. */
    public List<Shipment> until(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var events = new DemoEvents(description);
        var transactions = new DemoTransactions(description, today);
        var companions = new Companions(description);
        List<Shipment> all = new ArrayList<>();
        for (int daysAgo = Shape.DAYS - 1; daysAgo >= 0; daysAgo--) {
            var day = new Day(today.minusDays(daysAgo), daysAgo);
            for (JsonNode problem : description.path("problems")) {
                Seed seed = seed(problem);
                var shape = Shape.valueOf(problem.path("shape").asString().toUpperCase(Locale.ROOT));
                for (Occurrence occurrence :
                        day.occurrences(seed, shape, problem.path("events").asInt())) {
                    if (occurrence.at().isBefore(now)) {
                        all.add(companions.around(problem, occurrence, events.event(problem, occurrence)));
                    }
                }
            }
            for (JsonNode transaction : description.path("transactions")) {
                Seed chain = new Seed("trace").with(transaction.path("chain").asString(name()));
                for (Occurrence occurrence : day.occurrences(
                        chain, Shape.STEADY, transaction.path("events").asInt())) {
                    if (occurrence.at().isBefore(now)) {
                        all.add(transactions.transaction(transaction, occurrence));
                    }
                }
            }
        }
        all.sort(Comparator.comparing(Shipment::at));
        return all;
    }

    private Seed seed(JsonNode template) {
        return new Seed(name()).with(template.path("key").asString());
    }
}
