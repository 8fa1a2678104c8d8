package dev.resentry.model.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTest {

    static Stream<Outcome> outcomes() {
        Stream<Outcome> dropped =
                Arrays.stream(DropReason.values()).map(reason -> new Outcome.Dropped(reason, "line 3"));
        Stream<Outcome> invalid = Arrays.stream(RejectionReason.values()).map(Outcome.Invalid::new);
        Stream<Outcome> others = Stream.of(
                new Outcome.Stored(),
                new Outcome.Duplicate(),
                new Outcome.RateLimited("project_quota"),
                new Outcome.Filtered(InboundFilter.BROWSER_EXTENSIONS));
        return Stream.of(dropped, invalid, others).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyOutcomeIsReadBackFromItsWords(Outcome outcome) {
        assertThat(Outcome.of(outcome.wireName(), outcome.reasonName(), outcome.cause()))
                .isEqualTo(outcome);
    }

    @Test
    void theWordsAreThoseOfTheWireAndTheApi() {
        assertThat(outcomes().map(Outcome::wireName).distinct())
                .containsExactly("dropped", "invalid", "stored", "duplicate", "rate_limited", "filtered");
        assertThat(new Outcome.Dropped(DropReason.REFUSED_BY_DATABASE, "").reasonName())
                .isEqualTo("refused_by_database");
        assertThat(Arrays.stream(InboundFilter.values()).map(InboundFilter::wireName))
                .containsExactly(
                        "level",
                        "environment",
                        "release-version",
                        "error-message",
                        "ip-address",
                        "web-crawlers",
                        "localhost",
                        "browser-extensions",
                        "legacy-browsers",
                        "chunk-load");
        assertThat(new Outcome.Invalid(RejectionReason.INVALID_CHECK_IN).reasonName())
                .isEqualTo("invalid_check_in");
    }

    @ParameterizedTest
    @CsvSource({
        "lost,,outcome: 'lost' (expected: stored",
        "dropped,,outcome: 'dropped' without a reason",
        "dropped,x,'x'"
    })
    void wordsThatAreNoOutcomeAreNamed(String wireName, String reason, String message) {
        assertThatThrownBy(() -> Outcome.of(wireName, reason, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
