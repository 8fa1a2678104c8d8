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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts browsers' reports of violated security policies into events: CSP in its old form and the Reporting API's, Expect-CT,
 * Expect-Staple and HPKP (ingest protocol, section 1.1).
 */
final class SecurityReports {
    /** A list, because the order of the items must be the same in every process. */
    private static final List<Map.Entry<String, String>> KINDS = List.of(
            Map.entry("csp-report", "csp"),
            Map.entry("expect-ct-report", "expectct"),
            Map.entry("expect-staple-report", "expectstaple"));

    /** The fields of an event that hold a report. A browser's report type must not overwrite any other field. */
    private static final Set<String> FIELDS = Set.of("csp", "expectct", "expectstaple", "hpkp");

    /** Far more than a browser collects into one request. */
    private static final int MAX_REPORTS = 1_000;

    private SecurityReports() {}

    static List<EnvelopeItem> items(JsonNode body, ConversionContext arrival) {
        List<EnvelopeItem> items = new ArrayList<>();
        if (body.isArray()) {
            if (body.size() > MAX_REPORTS) {
                throw new RejectedBodyException(DropReason.TOO_LARGE, "more than %d reports".formatted(MAX_REPORTS));
            }
            for (JsonNode report : body) {
                if (report.path("body").isObject()) {
                    items.add(event(kindOf(report), report.path("body"), Json.text(report, "url"), arrival));
                }
            }
        }
        for (Map.Entry<String, String> kind : KINDS) {
            if (body.path(kind.getKey()).isObject()) {
                items.add(event(kind.getValue(), body.path(kind.getKey()), null, arrival));
            }
        }
        if (items.isEmpty() && body.path("known-pins").isArray()) {
            items.add(event("hpkp", body, null, arrival));
        }
        if (items.isEmpty()) {
            throw new RejectedBodyException(DropReason.INVALID_ITEM, "no report of a broken security rule");
        }
        return items;
    }

    private static String kindOf(JsonNode report) {
        String type = Json.text(report, "type");
        return type == null || type.equals("csp-violation") ? "csp" : type;
    }

    private static EnvelopeItem event(String kind, JsonNode report, @Nullable String url, ConversionContext arrival) {
        String directive = first(report, "effective-directive", "effectiveDirective", "violated-directive");
        String blocked = first(report, "blocked-uri", "blockedURL", "hostname");
        String document = url == null ? first(report, "document-uri", "documentURL") : url;
        String shortDirective = directive == null ? kind : directive.strip().split(" ")[0];
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
        event.set(FIELDS.contains(kind) ? kind : "report", report);
        // One directive that blocks one host is one issue, on whichever page that happens.
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
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }
}
