package dev.resentry.standalone.demo;

import java.time.Instant;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the events of a project out of its description. */
final class DemoEvents {
    private static final double OLDER_RELEASE = 0.15;

    private final JsonNode project;

    DemoEvents(JsonNode project) {
        this.project = project;
    }

    ObjectNode event(JsonNode problem, Occurrence occurrence) {
        RandomGenerator random = occurrence.seed().random();
        var blanks = new Blanks(random);
        var event = (ObjectNode) blanks.fill(problem.path("event"));
        event.put("event_id", occurrence.seed().id().toString());
        event.put("timestamp", occurrence.at().toString());
        putIfAbsent(event, "level", "error");
        context(event, occurrence, random);
        for (JsonNode exception : event.path("exception").path("values")) {
            exception.path("stacktrace").path("frames").forEach(frame -> frame((ObjectNode) frame));
        }
        event.set("breadcrumbs", breadcrumbs(occurrence.at(), blanks, random));
        return event;
    }

    /** What events and transactions have in common: where, in which version, for whom. */
    void context(ObjectNode event, Occurrence occurrence, RandomGenerator random) {
        var blanks = new Blanks(random);
        putIfAbsent(event, "platform", project.path("event_platform").asString());
        putIfAbsent(
                event, "environment", any(project.path("environments"), random).asString());
        event.put("release", release(occurrence.day(), random));
        event.set("sdk", project.path("sdk"));
        if (project.has("servers")) {
            event.put("server_name", any(project.path("servers"), random).asString());
        }
        if (project.has("modules")) {
            event.set("modules", project.path("modules"));
        }
        ObjectNode tags = event.withObject("tags");
        blanks.fill(project.path("tags")).properties().forEach(tag -> tags.set(tag.getKey(), tag.getValue()));
        if (project.path("users").asBoolean(true)) {
            Person person = Person.any(random);
            event.set("user", person.json());
            JsonNode contexts = project.path("contexts");
            // A person has one device.
            event.set(
                    "contexts", contexts.path(person.number() % contexts.size()).deepCopy());
        } else {
            event.set("contexts", any(project.path("contexts"), random).deepCopy());
        }
        Seed trace = occurrence.seed().with("trace");
        event.withObject("contexts")
                .putObject("trace")
                .put("trace_id", trace.id().toString())
                .put("span_id", trace.with("span").spanId());
    }

    /** Releases follow one another over the days; some people have the one before. */
    String release(Day day, RandomGenerator random) {
        JsonNode releases = project.path("releases");
        int current = (Shape.DAYS - 1 - day.daysAgo()) * releases.size() / Shape.DAYS;
        int chosen = random.nextDouble() < OLDER_RELEASE ? Math.max(0, current - 1) : current;
        return releases.path(chosen).asString();
    }

    private ArrayNode breadcrumbs(Instant at, Blanks blanks, RandomGenerator random) {
        JsonNode kinds = project.path("breadcrumbs");
        ArrayNode crumbs = JsonNodeFactory.instance.arrayNode();
        int count = random.nextInt(4, 16);
        long before = 1_000L * count * random.nextInt(2, 9);
        for (int i = 0; i < count; i++) {
            var crumb = (ObjectNode) blanks.fill(kinds.path(i % kinds.size()));
            before = Math.max(20, before - random.nextLong(200, 9_000));
            crumb.put("timestamp", at.minusMillis(before).toString());
            putIfAbsent(crumb, "level", "info");
            crumbs.add(crumb);
        }
        return crumbs;
    }

    /** The lines of code of a frame stand in one list, with its own line in the middle. */
    private static void frame(ObjectNode frame) {
        boolean library = frame.path("lib").asBoolean(false);
        frame.remove("lib");
        frame.put("in_app", !library);
        if (!(frame.remove("code") instanceof ArrayNode lines)) {
            return;
        }
        int middle = lines.size() / 2;
        ArrayNode before = frame.putArray("pre_context");
        ArrayNode after = frame.putArray("post_context");
        for (int i = 0; i < lines.size(); i++) {
            if (i < middle) {
                before.add(lines.get(i));
            } else if (i > middle) {
                after.add(lines.get(i));
            } else {
                frame.set("context_line", lines.get(i));
            }
        }
    }

    private static JsonNode any(JsonNode list, RandomGenerator random) {
        return list.path(random.nextInt(list.size()));
    }

    private static void putIfAbsent(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
