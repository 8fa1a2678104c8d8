package dev.resentry.gateway.endpoint;

import dev.resentry.model.encoding.ContentEncoding;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks HTTP for the ingest routes, and leaves every other path alone. It stands before the web framework, which would fold,
 * decode or refuse what SDKs send: double slashes, form bodies, foreign authorization headers.
 */
public final class IngestFilter extends HttpFilter {
    private static final Logger LOG = LoggerFactory.getLogger(IngestFilter.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ALLOWED_HEADERS =
            "x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, authentication, "
                    + "authorization, content-encoding, transfer-encoding";

    private final transient EnvelopeEndpoint endpoint;

    public IngestFilter(EnvelopeEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<IngestRoute> route = IngestRoute.of(request.getRequestURI());
        if (route.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        crossOrigin(response);
        switch (request.getMethod()) {
            case "OPTIONS" -> preflight(response);
            case "POST" -> write(response, take(route.get(), request));
            default -> {
                response.setHeader("Allow", "POST, OPTIONS");
                write(response, Answer.refused(405, "method not allowed", request.getMethod() + " (expected: POST)"));
            }
        }
    }

    private Answer take(IngestRoute route, HttpServletRequest request) {
        try {
            Answer answer = endpoint.take(route, request);
            if (answer instanceof Answer.Refused(int status, String detail, var causes) && status >= 500) {
                LOG.atWarn()
                        .addKeyValue("projectId", route.projectId())
                        .addKeyValue("status", status)
                        .addKeyValue("error", causes)
                        .log(detail);
            }
            return answer;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Answer.unavailable("the gateway is stopping");
        } catch (IOException e) {
            return Answer.refused(400, "the request body could not be read", String.valueOf(e.getMessage()));
        }
    }

    private static void write(HttpServletResponse response, Answer answer) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        switch (answer) {
            case Answer.Accepted(var eventId) -> {
                response.setStatus(200);
                if (eventId != null) {
                    body.put("id", eventId.toString());
                }
            }
            case Answer.Refused(int status, String detail, var causes) -> {
                response.setStatus(status);
                body.put("detail", detail);
                ArrayNode list = body.putArray("causes");
                causes.forEach(list::add);
                response.setHeader("X-Sentry-Error", detail.replaceAll("[^ -~]", "?"));
                if (status == 503) {
                    response.setHeader("Retry-After", "5");
                }
                if (status == 415) {
                    response.setHeader("Accept-Encoding", ContentEncoding.supported());
                }
            }
        }
        byte[] bytes = JSON.writeValueAsBytes(body);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Ingest protocol, section 1.5. */
    private static void crossOrigin(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Expose-Headers", "x-sentry-error, x-sentry-rate-limits, retry-after");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private static void preflight(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "POST");
        response.setHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS);
        response.setHeader("Access-Control-Max-Age", "3600");
        response.setStatus(200);
    }
}
