package dev.resentry.gateway.metrics;

import dev.resentry.gateway.endpoint.IngestRequest;
import dev.resentry.gateway.endpoint.IngestResponse;
import dev.resentry.gateway.endpoint.Rejection;
import dev.resentry.gateway.endpoint.RequestAdmission;
import dev.resentry.gateway.http.RequestObserver;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line for each request that is refused: who, what for and why. Neither the query nor any header that may hold a
 * secret is in it.
 */
public final class RejectionLog implements RequestObserver {
    private static final Logger LOG = LoggerFactory.getLogger(RejectionLog.class);

    private static final Pattern KEY = Pattern.compile("\\p{XDigit}(-?\\p{XDigit}){15,}");

    private final RequestObserver next;

    /** @param next sees the same */
    public RejectionLog(RequestObserver next) {
        this.next = next;
    }

    @Override
    public void answered(String route, IngestRequest request, IngestResponse response, long bodyBytes, long nanos) {
        next.answered(route, request, response, bodyBytes, nanos);
        Rejection rejection = response.rejection();
        if (rejection != null) {
            LOG.atLevel(response.status() >= 500 ? Level.WARN : Level.INFO)
                    .addKeyValue("route", route)
                    .addKeyValue("status", response.status())
                    .addKeyValue("reason", rejection.reason().wireName())
                    .addKeyValue("cause", printable(rejection.detail() + causes(rejection)))
                    .addKeyValue("path", printable(RequestAdmission.withoutKey(request.path())))
                    .addKeyValue("remoteAddress", printable(String.valueOf(request.clientAddress())))
                    .addKeyValue("bytes", bodyBytes)
                    .log("Refused a request");
        }
    }

    @Override
    public void abandoned(String route) {
        next.abandoned(route);
    }

    @Override
    public void connected() {
        next.connected();
    }

    @Override
    public void disconnected() {
        next.disconnected();
    }

    @Override
    public void failed(String route, Throwable failure) {
        next.failed(route, failure);
        LOG.atError().addKeyValue("route", route).setCause(failure).log("A request failed");
    }

    /** Some paths name a key, and so does what is said of them. */
    private static String withoutKeys(String text) {
        return KEY.matcher(text).replaceAll("…");
    }

    private static String causes(Rejection rejection) {
        return rejection.causes().isEmpty() ? "" : ": " + String.join("; ", rejection.causes());
    }

    /** Keeps senders from writing lines or fields of their own into the log, and from talking to the terminal it is read in. */
    private static String printable(String text) {
        String line = withoutKeys(text.length() <= 300 ? text : text.substring(0, 300) + "…");
        var printable = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' || c == '\\') {
                printable.append('\\').append(c);
            } else if (isPrintable(c)) {
                printable.append(c);
            } else {
                printable.append("\\u%04x".formatted((int) c));
            }
        }
        return printable.toString();
    }

    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
