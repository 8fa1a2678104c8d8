package dev.resentry.query.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.repository.WebAddress;
import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.webhook.AlertSource;
import dev.resentry.storage.webhook.AlertSourceStore;
import dev.resentry.storage.webhook.AlertSourceStore.NewAlert;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** Takes what other trackers send in the form of Sentry's integration platform. Who knows a source's secret may send. */
@NativeApi
@Tag(name = "Webhooks")
class SentryHookController {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final Set<String> RESOURCES =
            Set.of("event_alert", "metric_alert", "issue", "error", "comment", "installation");
    private static final int MAX_TITLE = 500;
    private static final int MAX_WORD = 64;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AlertSourceStore sources;
    private final InstantSource clock;

    SentryHookController(AlertSourceStore sources, InstantSource clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /**
     * What became of an alert.
     *
     * @param isNew false if it had come before
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "HookReceipt")
    record HookReceipt(boolean isNew) {}

    /** Takes an alert of any source, which its signature tells. */
    @PostMapping(path = "/webhooks/sentry", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "receiveSentryAlert",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(type = "object"))))
    @SecurityRequirements
    @AllowedToAnyone
    HookReceipt receive(@RequestHeader HttpHeaders headers, @RequestBody byte[] body) {
        requireHeaders(headers);
        List<AlertSource> all = sources.list(VisibleProjects.ALL);
        if (all.isEmpty()) {
            throw ApiException.notFound("source", "of alerts");
        }
        return keep(all, headers, body);
    }

    /** Takes an alert of a source. */
    @PostMapping(path = "/webhooks/sentry/{source}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "receiveSentryAlertOfSource",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(type = "object"))))
    @SecurityRequirements
    @AllowedToAnyone
    HookReceipt receiveOf(@PathVariable long source, @RequestHeader HttpHeaders headers, @RequestBody byte[] body) {
        requireHeaders(headers);
        AlertSource known = sources.find(source).orElseThrow(() -> ApiException.notFound("source", source));
        return keep(List.of(known), headers, body);
    }

    private HookReceipt keep(List<AlertSource> candidates, HttpHeaders headers, byte[] body) {
        String signature = header(headers, "Sentry-Hook-Signature");
        AlertSource source = candidates.stream()
                .filter(one -> isSigned(one, signature, body))
                .findFirst()
                .orElseThrow(() -> ApiException.unauthorized(
                        "Sentry-Hook-Signature is not the HMAC-SHA256 of the body with the secret of a source"));
        requireNow(header(headers, "Sentry-Hook-Timestamp"));
        String resource = header(headers, "Sentry-Hook-Resource");
        if (!RESOURCES.contains(resource)) {
            throw ApiException.invalid(
                    "Sentry-Hook-Resource",
                    "'%s' (expected: one of %s)"
                            .formatted(
                                    resource,
                                    String.join(
                                            ", ", RESOURCES.stream().sorted().toList())));
        }
        String request = header(headers, "Request-ID");
        if (request.length() > MAX_WORD) {
            throw ApiException.invalid(
                    "Request-ID", "%d characters (expected: at most %d)".formatted(request.length(), MAX_WORD));
        }
        return new HookReceipt(sources.keep(source.id(), alert(request, resource, json(body))));
    }

    private static void requireHeaders(HttpHeaders headers) {
        List.of("Sentry-Hook-Resource", "Sentry-Hook-Timestamp", "Request-ID").forEach(name -> header(headers, name));
    }

    private static String header(HttpHeaders headers, String name) {
        String value = headers.getFirst(name);
        if (value == null || value.isBlank()) {
            throw name.equals("Sentry-Hook-Signature")
                    ? ApiException.unauthorized("The header Sentry-Hook-Signature is missing")
                    : ApiException.invalid(name, "missing (expected: a header of this name)");
        }
        return value.strip();
    }

    private static boolean isSigned(AlertSource source, String signature, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(source.secret().getBytes(UTF_8), "HmacSHA256"));
            String expected = HexFormat.of().formatHex(mac.doFinal(body));
            return MessageDigest.isEqual(
                    expected.getBytes(UTF_8), signature.toLowerCase(Locale.ROOT).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    /** Senders repeat within minutes. The signature does not cover the time: that nobody listens is for TLS to see to. */
    private void requireNow(String timestamp) {
        Instant now = clock.instant();
        boolean isNow = timestamp.matches("\\d{1,11}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(MAX_AGE)
                        <= 0;
        if (!isNow) {
            throw ApiException.invalid(
                    "Sentry-Hook-Timestamp",
                    "'%s' (expected: seconds since 1970, at most %d minutes from now)"
                            .formatted(timestamp, MAX_AGE.toMinutes()));
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw ApiException.invalid("body", "no JSON: %s".formatted(e.getOriginalMessage()));
        }
        throw ApiException.invalid("body", "no object (expected: a JSON object)");
    }

    private static NewAlert alert(String request, String resource, JsonNode json) {
        JsonNode data = json.path("data");
        JsonNode subject = switch (resource) {
            case "event_alert" -> data.path("event");
            case "metric_alert" -> data.path("metric_alert");
            case "issue" -> data.path("issue");
            case "error" -> data.path("error");
            default -> data;
        };
        String rule = first(data.path("triggered_rule"), data.path("description_title"), data.path("comment"));
        String what = first(subject.path("title"), subject.path("message"));
        String title =
                Stream.of(rule, what).filter(text -> !text.isEmpty()).distinct().collect(Collectors.joining(": "));
        return new NewAlert(
                request,
                resource,
                cut(json.path("action").asString(""), MAX_WORD),
                cut(title.isEmpty() ? resource : title, MAX_TITLE),
                address(first(data.path("web_url"), subject.path("web_url"), subject.path("permalink"))),
                JSON.writeValueAsString(json));
    }

    private static String first(JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            if (candidate.isString() && !candidate.asString().isBlank()) {
                return candidate.asString();
            }
        }
        return "";
    }

    private static String cut(String text, int most) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    /** What the sender gives becomes a link only if it can be one. */
    private static @Nullable String address(String url) {
        return WebAddress.parse(url).map(WebAddress::text).orElse(null);
    }
}
