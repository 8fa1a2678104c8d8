package dev.resentry.processor.uptime;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.service.kafka.OwnEvent;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import dev.resentry.storage.uptime.UptimeOutage;
import java.net.URI;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An outage in the form in which SDKs report errors. All outages of a check are one issue. */
final class OutageEnvelope {
    private static final String CLIENT = "resentry.uptime";

    private OutageEnvelope() {}

    static RawEnvelope of(UptimeOutage outage, Instant now) {
        return new OwnEvent(outage.eventId(), outage.project(), outage.key(), CLIENT, event(outage))
                .at(Endpoint.ENVELOPE, now);
    }

    private static ObjectNode event(UptimeOutage outage) {
        UptimeCheckSettings check = outage.settings();
        URI url = URI.create(check.url().strip());
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("event_id", outage.eventId().toString())
                .put("timestamp", outage.downAt().toString())
                .put("platform", "other")
                .put("level", "error")
                .put("logger", "uptime")
                .put("environment", check.environment());
        event.putObject("logentry").put("formatted", outage.message());
        event.putArray("fingerprint").add("uptime").add(Long.toString(outage.checkId()));
        event.putObject("tags").put("url_host", url.getHost()).put("uptime_check", check.name());
        event.putObject("contexts")
                .putObject("uptime")
                .put("type", "uptime")
                .put("check_id", outage.checkId())
                .put("name", check.name())
                .put("url", withoutQuery(url))
                .put("method", check.method())
                .put("status", outage.result().status())
                .put("expected_status", check.expectedStatus().toString())
                .put("error", outage.result().error())
                .put("duration_ms", outage.result().durationMs())
                .put("location", outage.result().location())
                .put("failing_since", outage.beganAt().toString());
        event.putObject("sdk").put("name", CLIENT).put("version", "1");
        return event;
    }

    /** A query often holds what lets people in. */
    private static String withoutQuery(URI url) {
        String text = url.toString();
        int end = text.indexOf('?');
        return end < 0 ? text : text.substring(0, end);
    }
}
