package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.outcome.DropReason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes events of what browsers report of broken security rules: CSP in its old form and in the Reporting API's, and Expect-CT,
 * Expect-Staple and HPKP (ingest protocol, section 1.1).
 */
final class SecurityReports {
    private static final Map<String, String> KINDS = Map.of(
            "csp-report", "csp",
            "expect-ct-report", "expectct",
            "expect-staple-report", "expectstaple");

    private SecurityReports() {}

    static List<EnvelopeItem> items(JsonNode body, Arrival arrival) {
        List<EnvelopeItem> items = new ArrayList<>();
        if (body.isArray()) {
            for (JsonNode report : body) {
                if (report.path("body").isObject()) {
                    items.add(event(kindOf(report), report.path("body"), Json.text(report, "url"), arrival));
                }
            }
        }
        KINDS.forEach((key, kind) -> {
            if (body.path(key).isObject()) {
                items.add(event(kind, body.path(key), null, arrival));
            }
        });
        if (items.isEmpty() && body.path("known-pins").isArray()) {
            items.add(event("hpkp", body, null, arrival));
        }
        if (items.isEmpty()) {
            throw new RefusedException(DropReason.INVALID_ITEM, "no report of a broken security rule");
        }
        return items;
    }

    private static String kindOf(JsonNode report) {
        String type = Json.text(report, "type");
        return type == null || type.equals("csp-violation") ? "csp" : type;
    }

    private static EnvelopeItem event(String kind, JsonNode report, @Nullable String url, Arrival arrival) {
        String directive = first(report, "effective-directive", "effectiveDirective", "violated-directive");
        String blocked = first(report, "blocked-uri", "blockedURL", "hostname");
        String document = url == null ? first(report, "document-uri", "documentURL") : url;
        String shortDirective = directive == null ? kind : directive.split(" ")[0];
        ObjectNode event = Json.object();
        event.put("logger", kind);
        event.put("platform", "javascript");
        event.put("level", "error");
        event.put("timestamp", arrival.receivedAt().toString());
        event.put("message", message(kind, shortDirective, blocked));
        event.put("culprit", shortDirective);
        Json.put(event, "release", QueryText.value(arrival.query(), "sentry_release"));
        Json.put(event, "environment", QueryText.value(arrival.query(), "sentry_environment"));
        ObjectNode request = event.putObject("request");
        Json.put(request, "url", document);
        if (arrival.userAgent() != null) {
            request.putArray("headers").addArray().add("User-Agent").add(arrival.userAgent());
        }
        ObjectNode tags = event.putObject("tags");
        Json.put(tags, "effective-directive", directive == null ? null : shortDirective);
        Json.put(tags, "blocked-uri", blocked);
        event.set(kind, report);
        // The same rule broken by the same host is one issue, whatever page it happened on.
        event.putArray("fingerprint").add(kind).add(shortDirective).add(hostOf(blocked));
        return new EnvelopeItem.EventItem(ItemHeader.of(ItemType.Known.SECURITY), Payload.of(Json.bytes(event)));
    }

    private static String message(String kind, String directive, @Nullable String blocked) {
        if (!kind.equals("csp")) {
            return "%s failed for '%s'".formatted(kind, String.valueOf(blocked));
        }
        String what = directive.replace("-src", "").replace("-elem", "").replace("-attr", "");
        return blocked == null || blocked.equals("self") || blocked.equals("inline") || blocked.equals("eval")
                ? "Blocked unsafe '%s'".formatted(what)
                : "Blocked '%s' from '%s'".formatted(what, hostOf(blocked));
    }

    private static String hostOf(@Nullable String url) {
        if (url == null) {
            return "";
        }
        try {
            String host = new URI(url).getHost();
            return host == null ? url : host;
        } catch (URISyntaxException _) {
            return url;
        }
    }

    private static @Nullable String first(JsonNode report, String... names) {
        for (String name : names) {
            String value = Json.text(report, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
