package dev.resentry.query.error;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ControllerErrorAdviceTest {

    @Test
    void whatNobodyForesawIsAnsweredByAReferenceAndLoggedWholeAtIt() {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var log = (Logger) LoggerFactory.getLogger(UnforeseenFailure.class);
        log.addAppender(logged);
        try {
            ApiErrorResponse answer = new ControllerErrorAdvice()
                    .handle(new IllegalStateException("the inside of it"))
                    .getBody();

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.error()).isEqualTo("internal");
            assertThat(answer.toString()).doesNotContain("the inside of it");
            String reference = answer.details().get("reference");
            assertThat(reference).matches("[0-9a-f]{16}");
            assertThat(answer.message()).contains(reference);
            assertThat(logged.list).hasSize(1);
            assertThat(logged.list.getFirst().getFormattedMessage()).contains(reference);
            assertThat(logged.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("the inside of it");
        } finally {
            log.detachAppender(logged);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request",
        "401, unauthorized",
        "403, forbidden",
        "404, not_found",
        "405, invalid_request",
        "406, invalid_request",
        "409, conflict",
        "413, payload_too_large",
        "415, invalid_request",
        "429, rate_limited",
        "500, internal",
        "502, internal",
        "503, unavailable"
    })
    void everyStatusIsOfAKind(int status, String kind) {
        ApiErrorResponse answer = ApiErrorResponse.ofStatus(status, "What happened");

        assertThat(answer).isEqualTo(new ApiErrorResponse(kind, "What happened", status, Map.of()));
    }
}
