package dev.resentry.processing.group;

import dev.resentry.processing.group.Component.Node;
import dev.resentry.processing.group.Component.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reports of browsers about a page's policies: by what was violated and by the host that violated it. */
final class SecurityReport {
    private SecurityReport() {}

    /** The component of a report; null if the event is none. */
    static @Nullable Node of(JsonNode event) {
        if (event.path("csp").isObject()) {
            return csp(event.path("csp"));
        }
        for (String kind : new String[] {"hpkp", "expectct", "expectstaple"}) {
            if (event.path(kind).isObject()) {
                return Node.of(
                        kind,
                        List.of(Value.of(
                                "hostname", event.path(kind).path("hostname").asString(""))));
            }
        }
        return null;
    }

    private static Node csp(JsonNode report) {
        String directive = text(report, "effective_directive", "effective-directive");
        if (directive.isEmpty()) {
            directive = text(report, "violated_directive", "violated-directive");
        }
        int blank = directive.indexOf(' ');
        String name = blank < 0 ? directive : directive.substring(0, blank);
        String blocked = text(report, "blocked_uri", "blocked-uri");
        String document = text(report, "document_uri", "document-uri");
        return Node.of(
                "csp", List.of(Value.of("directive", name), Value.of("blocked", blocked(blocked, document), blocked)));
    }

    /** The host of what was blocked; of data and blobs the scheme; of scripts in the page itself where they are. */
    private static String blocked(String uri, String document) {
        if (uri.isEmpty()
                || uri.equals("self")
                || uri.equals("inline")
                || uri.equals("eval")
                || uri.equals("'unsafe-inline'")) {
            return uri.equals("eval") ? "eval" : "local script";
        }
        String host = host(uri);
        if (host.isEmpty()) {
            int colon = uri.indexOf(':');
            return colon < 0 ? uri : uri.substring(0, colon);
        }
        return host.equals(host(document)) ? "self" : host;
    }

    private static String host(String uri) {
        int scheme = uri.indexOf("://");
        if (scheme < 0) {
            return "";
        }
        int end = scheme + 3;
        while (end < uri.length() && "/?#:".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return uri.substring(scheme + 3, end).toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode report, String name, String other) {
        String text = report.path(name).asString("");
        return text.isEmpty() ? report.path(other).asString("") : text;
    }
}
