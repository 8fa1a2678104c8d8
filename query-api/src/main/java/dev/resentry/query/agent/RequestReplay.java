package dev.resentry.query.agent;

import dev.resentry.model.event.Event;
import dev.resentry.query.agent.AgentIssue.Reproduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The request of an event as a command that makes it again, without what could be secret. */
final class RequestReplay {
    /** Others may prove who somebody is. */
    private static final Set<String> HEADERS = Set.of("accept", "accept-language", "content-type", "user-agent");

    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,16}");
    private static final Pattern SAFE_URL = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/?#]*@");

    private static final String SECRETS = "token|secret|passw|auth|session|signature|api[-_]?key";

    /** A body that has such a name anywhere, in whatever form, is not told: where the value ends only its reader knows. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?:" + SECRETS + "|\\bcode\\b)", Pattern.CASE_INSENSITIVE);

    /** Parameters whose values are not told, also where no rule of the project took them out. */
    private static final Pattern SECRET =
            Pattern.compile("(?<=[?&;])([^=&;#]*(?:" + SECRETS + "|code)[^=&;#]*)=[^&;#]*", Pattern.CASE_INSENSITIVE);

    private RequestReplay() {}

    /** How the event can be had again; null if it tells nothing of it. */
    static @Nullable Reproduction of(Event event, AgentDetail detail) {
        JsonNode request = event.request().json();
        String said = request.path("method").asString("");
        String method = METHOD.matcher(said).matches() ? said.toUpperCase(Locale.ROOT) : null;
        String url = url(request, detail);
        String route = event.transaction().isEmpty() ? null : EventText.line(event.transaction(), detail.valueBytes());
        if (method == null && url == null && route == null) {
            return null;
        }
        return new Reproduction(method, route, url, url == null ? null : curl(request, method, url, detail));
    }

    private static @Nullable String url(JsonNode request, AgentDetail detail) {
        String url = request.path("url").asString("");
        String query = query(request.path("query_string"));
        if (!query.isEmpty() && url.indexOf('?') < 0) {
            url += "?" + query;
        }
        if (!SAFE_URL.matcher(url).matches()) {
            return null;
        }
        String open = CREDENTIALS.matcher(url).replaceFirst("");
        return EventText.line(SECRET.matcher(open).replaceAll("$1=REDACTED"), detail.textBytes());
    }

    private static String query(JsonNode query) {
        if (query.isString()) {
            return query.asString();
        }
        List<String> pairs = new ArrayList<>();
        if (query.isArray()) {
            for (JsonNode pair : query) {
                pairs.add(pair.path(0).asString("") + "=" + pair.path(1).asString(""));
            }
        }
        query.propertyStream()
                .forEach(pair -> pairs.add(pair.getKey() + "=" + pair.getValue().asString("")));
        return String.join("&", pairs);
    }

    private static String curl(JsonNode request, @Nullable String method, String url, AgentDetail detail) {
        var command = new StringBuilder("curl");
        if (method != null && !method.equals("GET")) {
            command.append(" -X ").append(method);
        }
        command.append(' ').append(quoted(url));
        headers(request.path("headers"), command, detail);
        JsonNode body = request.path("data");
        if (body.isString() || !body.isEmpty()) {
            String text = body.isString() ? body.asString() : body.toString();
            if (SECRET_NAME.matcher(text).find()) {
                return command.append(" --data-raw 'REDACTED'").toString();
            }
            command.append(" --data-raw ").append(quoted(EventText.block(text, detail.textBytes())));
        }
        return command.toString();
    }

    private static void headers(JsonNode headers, StringBuilder command, AgentDetail detail) {
        headers.propertyStream()
                .forEach(header -> header(header.getKey(), header.getValue().asString(""), command, detail));
        if (headers.isArray()) {
            for (JsonNode pair : headers) {
                header(pair.path(0).asString(""), pair.path(1).asString(""), command, detail);
            }
        }
    }

    private static void header(String name, String value, StringBuilder command, AgentDetail detail) {
        if (HEADERS.contains(name.toLowerCase(Locale.ROOT)) && !value.isEmpty()) {
            command.append(" -H ").append(quoted(name + ": " + EventText.line(value, detail.valueBytes())));
        }
    }

    /** Nothing within single quotes means anything to a shell but a quote. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
