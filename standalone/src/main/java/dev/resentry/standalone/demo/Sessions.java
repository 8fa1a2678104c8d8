package dev.resentry.standalone.demo;

import dev.resentry.model.envelope.ItemType;
import dev.resentry.standalone.demo.Shipment.Parcel;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sessions: single ones that met an error, and counts of all others by hour. */
final class Sessions {
    private Sessions() {}

    static ObjectNode ended(Occurrence occurrence, ObjectNode event) {
        Seed seed = occurrence.seed().with("session");
        boolean crashed = !event.at("/exception/values/0/mechanism/handled").asBoolean(true);
        ObjectNode session = JsonNodeFactory.instance.objectNode();
        session.put("sid", seed.id().toString())
                .put("did", event.at("/user/id").asString("anonymous"))
                .put("seq", 0)
                .put("init", true)
                .put("started", occurrence.at().minusSeconds(180).toString())
                .put("timestamp", occurrence.at().toString())
                .put("duration", 180)
                .put("errors", 1)
                .put("status", crashed ? "crashed" : "exited");
        attributes(session, event);
        return session;
    }

    static Parcel ofDay(JsonNode project, Occurrence occurrence, ObjectNode event) {
        RandomGenerator random = occurrence.seed().with("sessions").random();
        ObjectNode sessions = JsonNodeFactory.instance.objectNode();
        ArrayNode hours = sessions.putArray("aggregates");
        int usual = project.path("users").asBoolean(true) ? 240 : 30;
        int until = occurrence.at().atZone(ZoneOffset.UTC).getHour();
        for (int hour = 0; hour <= until; hour++) {
            hours.addObject()
                    .put(
                            "started",
                            occurrence
                                    .day()
                                    .date()
                                    .atTime(LocalTime.of(hour, 0))
                                    .toInstant(ZoneOffset.UTC)
                                    .toString())
                    .put("exited", usual + random.nextInt(usual))
                    .put("errored", random.nextInt(1 + usual / 20))
                    .put("crashed", random.nextInt(1 + usual / 60));
        }
        attributes(sessions, event);
        return Parcel.plain(
                new Post(null).add(ItemType.Known.SESSIONS, sessions).bytes());
    }

    private static void attributes(ObjectNode session, ObjectNode event) {
        session.putObject("attrs")
                .put("release", event.path("release").asString())
                .put("environment", event.path("environment").asString());
    }
}
