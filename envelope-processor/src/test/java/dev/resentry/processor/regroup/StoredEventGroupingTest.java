package dev.resentry.processor.regroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.regroup.EventGrouping.Grouped;
import dev.resentry.storage.regroup.Regroup.Rules;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Stored events, grouped again. */
class StoredEventGroupingTest {
    private static final String EVENT = """
            {"exception": {"values": [{"type": "Boom", "value": "of 7", "stacktrace": {"frames": [
             {"function": "main", "module": "app", "in_app": true}]}}]}}
            """;

    @Test
    void rulesGiveHashAndTitle() {
        Grouped without = grouped(new Rules("", ""), EVENT);
        Grouped with = grouped(new Rules("type:Boom -> all title=\"All of them\"", ""), EVENT);

        assertThat(without.title()).isEqualTo("Boom: of 7");
        assertThat(with.title()).isEqualTo("All of them");
        assertThat(with.hash()).isNotEqualTo(without.hash()).hasSize(32);
        assertThat(with.culprit()).isEqualTo(without.culprit());
    }

    @Test
    void rulesThatAreNoneAnyLongerDoNotHoldAndNoEventFails() {
        assertThat(grouped(new Rules("no rule at all", ""), EVENT)).isEqualTo(grouped(new Rules("", ""), EVENT));
        assertThat(grouped(new Rules("", ""), "{\"exception\": 7}").hash()).hasSize(32);
    }

    private static Grouped grouped(Rules rules, String payload) {
        return StoredEventGrouping.by(rules).group(new EventId(new UUID(1, 2)), Instant.EPOCH, payload);
    }
}
