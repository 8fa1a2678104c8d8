package dev.resentry.processor.uptime;

import dev.resentry.service.http.RefusedTargetException;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.http.TargetRules;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import dev.resentry.storage.uptime.UptimeResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the request of a check, and says whether what comes back is what was expected. Used by many threads. */
final class UptimeProbe implements AutoCloseable {
    /** As long as a check may ask for. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final SafeHttp http;
    private final String location;
    private final InstantSource clock;

    UptimeProbe(TargetRules rules, String location, InstantSource clock) {
        this.http = new SafeHttp(rules, InetAddress::getAllByName, new SafeHttp.Limits(LONGEST, LONGEST));
        this.location = location;
        this.clock = clock;
    }

    UptimeResult probe(UptimeCheckSettings check) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long begin = System.nanoTime();
        Integer status = null;
        String error;
        try {
            URI url = SafeHttp.url(check.url());
            SafeHttp.Answer answer = http.send(
                    new SafeHttp.Request(check.method(), url, Map.of(), ""),
                    Duration.ofSeconds(check.timeoutSeconds()));
            status = answer.status();
            error = fault(check, answer);
        } catch (RefusedTargetException e) {
            error = "refused: " + e.getMessage();
        } catch (UnknownHostException e) {
            error = "no address is known of " + e.getMessage();
        } catch (IOException e) {
            error = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        int took = (int) ((System.nanoTime() - begin) / 1_000_000);
        return new UptimeResult(at, error == null, status, took, error, location);
    }

    private static @Nullable String fault(UptimeCheckSettings check, SafeHttp.Answer answer) {
        if (!check.expectedStatus().contains(answer.status())) {
            return "%d (expected %s)".formatted(answer.status(), check.expectedStatus());
        }
        String text = check.expectedText();
        return text == null || answer.body().contains(text)
                ? null
                : "%d, without the expected text".formatted(answer.status());
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
