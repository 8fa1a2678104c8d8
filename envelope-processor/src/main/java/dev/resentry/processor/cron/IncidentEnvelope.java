package dev.resentry.processor.cron;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.service.kafka.OwnEvent;
import dev.resentry.storage.monitor.MonitorIncident;
import dev.resentry.storage.monitor.MonitorSettings;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An incident in the form in which SDKs report errors. All incidents of a monitor in an environment are one issue. */
final class IncidentEnvelope {
    private static final String CLIENT = "resentry.crons";

    private IncidentEnvelope() {}

    static RawEnvelope of(MonitorIncident incident, Instant now) {
        return new OwnEvent(incident.eventId(), incident.project(), incident.key(), CLIENT, event(incident))
                .at(Endpoint.ENVELOPE, now);
    }

    private static ObjectNode event(MonitorIncident incident) {
        MonitorSettings monitor = incident.settings();
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("event_id", incident.eventId().toString())
                .put("timestamp", incident.at().toString())
                .put("platform", "other")
                .put("level", "error")
                .put("logger", "crons")
                .put("environment", incident.environment());
        event.putObject("logentry").put("formatted", incident.message());
        event.putArray("fingerprint")
                .add("monitor")
                .add(Long.toString(incident.monitorId()))
                .add(incident.environment());
        event.putObject("tags")
                .put("monitor.slug", monitor.slug())
                .put("monitor.id", Long.toString(incident.monitorId()))
                .put("monitor.status", incident.status().wireName());
        ObjectNode context = event.putObject("contexts")
                .putObject("monitor")
                .put("type", "monitor")
                .put("id", incident.monitorId())
                .put("slug", monitor.slug())
                .put("name", monitor.name())
                .put("status", incident.status().wireName())
                .put("check_in_id", incident.checkInId())
                .put("consecutive_failures", incident.failures())
                .put("checkin_margin", monitor.marginMinutes())
                .put("max_runtime", monitor.maxRuntimeMinutes())
                .put("timezone", monitor.timeZone().getId())
                .put("owner", monitor.owner());
        if (monitor.schedule() != null) {
            context.put("schedule", monitor.schedule().text());
        }
        if (incident.expectedAt() != null) {
            context.put("expected_at", incident.expectedAt().toString());
        }
        event.putObject("sdk").put("name", CLIENT).put("version", "1");
        return event;
    }
}
