package dev.resentry.processor.cron;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.storage.monitor.MonitorIncident;
import dev.resentry.storage.monitor.MonitorSettings;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An incident in the form in which SDKs report errors. All incidents of a monitor in an environment are one issue. */
final class IncidentEnvelope {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CLIENT = "resentry.crons";

    private IncidentEnvelope() {}

    static RawEnvelope of(MonitorIncident incident, Instant now) {
        byte[] event = JSON.writeValueAsBytes(event(incident));
        var body = new ByteArrayOutputStream();
        body.writeBytes(JSON.writeValueAsBytes(JsonNodeFactory.instance
                .objectNode()
                .put("event_id", incident.eventId().toString())));
        body.write('\n');
        body.writeBytes(JSON.writeValueAsBytes(
                JsonNodeFactory.instance.objectNode().put("type", "event").put("length", event.length)));
        body.write('\n');
        body.writeBytes(event);
        body.write('\n');
        return new RawEnvelope(
                new Receipt(
                        EnvelopeId.at(now),
                        incident.project(),
                        incident.key(),
                        now,
                        Endpoint.ENVELOPE,
                        incident.eventId(),
                        null,
                        null,
                        CLIENT,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()),
                body.toByteArray());
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
