package dev.resentry.standalone.demo;

import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.event.EventId;
import dev.resentry.standalone.demo.Shipment.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What SDKs send along with events: attachments, sessions, feedback, what they discarded; and what goes wrong on the way: the same
 * envelope twice, items of unknown types, broken envelopes.
 */
final class Companions {
    private static final int SCREENSHOT_EVERY = 4;
    private static final int LOG_EVERY = 6;
    private static final int REPORT_EVERY = 10;
    private static final int FEEDBACK_EVERY = 20;
    private static final int TWICE_EVERY = 60;
    private static final int UNKNOWN_EVERY = 70;

    private final JsonNode project;

    Companions(JsonNode project) {
        this.project = project;
    }

    Shipment around(JsonNode problem, Occurrence occurrence, ObjectNode event) {
        Set<String> with =
                problem.path("with").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        EventId id = occurrence.seed().id();
        RandomGenerator random = occurrence.seed().with("companions").random();
        var post = new Post(id).add(ItemType.Known.EVENT, event);
        if (with.contains("screenshot") && random.nextInt(SCREENSHOT_EVERY) == 0) {
            post.add(attachment("screenshot.png", "image/png"), Screenshot.png(random));
        }
        if (with.contains("log") && random.nextInt(LOG_EVERY) == 0) {
            post.add(attachment("service.log", "text/plain"), log(event));
        }
        if (with.contains("session")) {
            post.add(ItemType.Known.SESSION, Sessions.ended(occurrence, event));
        }
        if (with.contains("report") && random.nextInt(REPORT_EVERY) == 0) {
            post.add(ItemType.Known.CLIENT_REPORT, report(occurrence, random));
        }
        if (random.nextInt(UNKNOWN_EVERY) == 0) {
            post.add(
                    ItemType.of("heat_map"),
                    JsonNodeFactory.instance.objectNode().put("points", random.nextInt(900)));
        }
        List<Parcel> parcels = new ArrayList<>();
        parcels.add(Parcel.plain(post.bytes()));
        if (random.nextInt(TWICE_EVERY) == 0) {
            parcels.add(parcels.getFirst());
        }
        if (with.contains("feedback") && random.nextInt(FEEDBACK_EVERY) == 0) {
            parcels.add(feedback(problem, occurrence, event, random));
        }
        boolean isFirst = problem.path("key").equals(project.at("/problems/0/key")) && occurrence.index() == 0;
        if (isFirst) {
            parcels.add(Sessions.ofDay(project, occurrence, event));
            parcels.addAll(BrokenEnvelopes.of(occurrence));
        }
        return new Shipment(id, occurrence.at(), false, parcels);
    }

    private static ItemHeader attachment(String filename, String contentType) {
        return ItemHeader.of(ItemType.Known.ATTACHMENT)
                .with("filename", filename)
                .with("content_type", contentType)
                .with("attachment_type", "event.attachment");
    }

    private static String log(ObjectNode event) {
        var log = new StringBuilder();
        for (JsonNode crumb : event.path("breadcrumbs")) {
            log.append("%s %-5s %s %s%n"
                    .formatted(
                            crumb.path("timestamp").asString(),
                            crumb.path("level").asString().toUpperCase(Locale.ROOT),
                            crumb.path("category").asString(),
                            crumb.has("message") ? crumb.path("message").asString() : crumb.path("data")));
        }
        JsonNode thrown =
                event.at("/exception/values").path(event.at("/exception/values").size() - 1);
        return log.append("%s ERROR %s: %s%n"
                        .formatted(
                                event.path("timestamp").asString(),
                                thrown.path("type").asString("message"),
                                thrown.path("value").asString("")))
                .toString();
    }

    private static ObjectNode report(Occurrence occurrence, RandomGenerator random) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("timestamp", occurrence.at().toString());
        var discarded = report.putArray("discarded_events");
        discarded
                .addObject()
                .put("reason", "sample_rate")
                .put("category", "transaction")
                .put("quantity", random.nextInt(20, 400));
        discarded
                .addObject()
                .put("reason", "before_send")
                .put("category", "error")
                .put("quantity", 1 + random.nextInt(3));
        return report;
    }

    /** Most come from the widget; older SDKs send reports of users. */
    private static Parcel feedback(JsonNode problem, Occurrence occurrence, ObjectNode event, RandomGenerator random) {
        JsonNode words = problem.path("says");
        String said = words.path(random.nextInt(words.size())).asString();
        String name = event.at("/user/username").asString("");
        String email = event.at("/user/email").asString("");
        String eventId = event.path("event_id").asString();
        ObjectNode feedback = JsonNodeFactory.instance.objectNode();
        if (random.nextInt(4) == 0) {
            feedback.put("event_id", eventId)
                    .put("name", name)
                    .put("email", email)
                    .put("comments", said);
            return Parcel.plain(new Post(occurrence.seed().id())
                    .add(ItemType.Known.USER_REPORT, feedback)
                    .bytes());
        }
        EventId id = occurrence.seed().with("feedback").id();
        feedback.put("event_id", id.toString());
        feedback.put("timestamp", occurrence.at().plusSeconds(40).toString());
        feedback.put("platform", event.path("platform").asString());
        feedback.withObject("contexts")
                .putObject("feedback")
                .put("message", said)
                .put("name", name)
                .put("contact_email", email)
                .put("associated_event_id", eventId)
                .put("url", event.at("/request/url").asString(""))
                .put("source", "widget");
        return Parcel.plain(new Post(id).add(ItemType.Known.FEEDBACK, feedback).bytes());
    }
}
