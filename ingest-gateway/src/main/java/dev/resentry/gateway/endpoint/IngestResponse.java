package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.RejectionReason;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The response to a request (ingest protocol, sections 1.1 and 1.2). Never compressed.
 *
 * @param contentType of the body; null if there is none
 * @param headers beside those that every answer has, in pairs of name and value
 * @param rejection why, if it is a refusal
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
public record IngestResponse(
        int status,
        @Nullable String contentType,
        byte[] body,
        List<String> headers,
        @Nullable Rejection rejection) {
    static final String JSON = "application/json";

    private static final byte[] NOTHING = {};
    private static final byte[] NO_ID = "{}".getBytes(UTF_8);
    private static final String ALLOWED_HEADERS =
            "x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, authentication, "
                    + "authorization, content-encoding, transfer-encoding";

    /** A transparent GIF of one pixel. */
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public IngestResponse {
        headers = List.copyOf(headers);
    }

    /** The same answer with one more header. */
    public IngestResponse with(String name, String value) {
        String[] more = Arrays.copyOf(headers.toArray(String[]::new), headers.size() + 2);
        more[headers.size()] = name;
        more[headers.size() + 1] = value;
        return new IngestResponse(status, contentType, body, List.of(more), rejection);
    }

    static IngestResponse id(@Nullable EventId eventId) {
        return ok(200, JSON, eventId == null ? NO_ID : ("{\"id\":\"" + eventId + "\"}").getBytes(UTF_8));
    }

    static IngestResponse dashedId(EventId eventId) {
        return ok(200, "text/plain", eventId.value().toString().getBytes(UTF_8));
    }

    static IngestResponse pixel() {
        return ok(200, "image/gif", PIXEL);
    }

    static IngestResponse json(int status, Map<String, ?> fields) {
        return ok(status, JSON, JsonMapper.shared().writeValueAsBytes(fields));
    }

    static IngestResponse empty(int status) {
        return ok(status, null, NOTHING);
    }

    static IngestResponse ok(int status, @Nullable String contentType, byte[] body) {
        return new IngestResponse(status, contentType, body, List.of(), null);
    }

    /** Ingest protocol, section 1.5. */
    static IngestResponse preflight(String methods) {
        return empty(200)
                .with("Access-Control-Allow-Methods", methods)
                .with("Access-Control-Allow-Headers", ALLOWED_HEADERS)
                .with("Access-Control-Max-Age", "3600");
    }

    /** A refusal in the shape that Sentry's SDKs and their users know. */
    public static IngestResponse rejected(int status, RejectionReason reason, String detail, String... causes) {
        var rejection = new Rejection(reason, detail, List.of(causes));
        byte[] body = JsonMapper.shared().writeValueAsBytes(new RejectionBody(detail, rejection.causes()));
        return new IngestResponse(
                status, JSON, body, List.of("X-Sentry-Error", detail.replaceAll("[^ -~]", "?")), rejection);
    }

    public static IngestResponse tooLarge(long limit) {
        return rejected(
                413,
                RejectionReason.TOO_LARGE,
                "envelope exceeded size limits",
                "body is larger than %d bytes".formatted(limit));
    }

    static IngestResponse unsupportedEncoding(@Nullable String encoding) {
        return rejected(
                        415,
                        RejectionReason.CONTENT_ENCODING,
                        "unsupported content encoding '%s'".formatted(encoding),
                        "supported: " + ContentEncoding.supported())
                .with("Accept-Encoding", ContentEncoding.supported());
    }

    /** Not kept, and not the sender's fault: to be tried again. */
    public static IngestResponse unavailable(String cause) {
        return rejected(503, RejectionReason.UNAVAILABLE, "the envelope could not be kept; try again later", cause)
                .with("Retry-After", "5");
    }

    /** A refusal in the shape of our own APIs (features, S5). */
    static IngestResponse rejectedReport(
            int status, RejectionReason reason, String message, Map<String, String> details) {
        byte[] body = JsonMapper.shared()
                .writeValueAsBytes(new ErrorBody(errorName(status), message, status, new TreeMap<>(details)));
        var causes = details.entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue())
                .sorted()
                .toList();
        return new IngestResponse(status, JSON, body, List.of(), new Rejection(reason, message, causes));
    }

    /** A refusal of a form, which says beside the rest what is wrong with each field, as pages that send it expect. */
    static IngestResponse rejectedForm(RejectionReason reason, Map<String, String> faults) {
        var errors = new TreeMap<String, List<String>>();
        faults.forEach((field, fault) -> errors.put(field, List.of(fault)));
        String[] causes = errors.entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue().getFirst())
                .toArray(String[]::new);
        IngestResponse refusal = rejected(400, reason, "invalid form", causes);
        byte[] body =
                JsonMapper.shared().writeValueAsBytes(new FormRejectionBody("invalid form", List.of(causes), errors));
        return new IngestResponse(refusal.status, JSON, body, refusal.headers, refusal.rejection);
    }

    /** The same refusal as our own APIs would write it. */
    IngestResponse asReport() {
        if (rejection == null) {
            return this;
        }
        String message = rejection.causes().isEmpty()
                ? rejection.detail()
                : rejection.detail() + ": " + String.join(", ", rejection.causes());
        IngestResponse report = rejectedReport(status, rejection.reason(), message, Map.of());
        return new IngestResponse(status, JSON, report.body(), headers, rejection);
    }

    /** The same rejection, with another detail for the log: the sender may read more than may be logged. */
    IngestResponse writtenDownAs(String detail) {
        return rejection == null
                ? this
                : new IngestResponse(
                        status, contentType, body, headers, new Rejection(rejection.reason(), detail, List.of()));
    }

    private static String errorName(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 413 -> "payload_too_large";
            case 429 -> "rate_limited";
            case 503 -> "unavailable";
            default -> status >= 500 ? "internal" : "invalid_request";
        };
    }

    @JsonPropertyOrder({"detail", "causes"})
    private record RejectionBody(String detail, List<String> causes) {}

    @JsonPropertyOrder({"detail", "causes", "errors"})
    private record FormRejectionBody(String detail, List<String> causes, Map<String, List<String>> errors) {}

    private record ErrorBody(
            String error,
            String message,
            @JsonProperty("status_code") int statusCode,
            Map<String, String> details) {}
}
