package dev.resentry.processing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.model.alert.AlertCondition.NewIssue;
import dev.resentry.model.alert.AlertCondition.Rate;
import dev.resentry.model.alert.AlertFilter.Age;
import dev.resentry.model.alert.AlertFilter.OfLevel;
import dev.resentry.model.alert.AlertFilter.Operator;
import dev.resentry.model.alert.AlertFilter.Order;
import dev.resentry.model.alert.AlertFilter.Tag;
import dev.resentry.model.alert.AlertFilter.TextTest;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.event.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules and what made them fire, in words. */
class RuleSentenceTest {

    @Test
    void aRuleIsOneSentence() {
        var rule = new AlertRule(
                "n",
                "production",
                Match.ANY,
                List.of(new NewIssue(), new Frequency(Measure.EVENTS, 10, false, Duration.ofMinutes(5))),
                Match.ALL,
                List.of(
                        new OfLevel(Order.AT_LEAST, Level.ERROR),
                        new Tag("browser", new TextTest(Operator.IN, List.of("Firefox", "Safari")))),
                Duration.ofMinutes(30));

        assertThat(RuleSentence.of(rule))
                .isEqualTo("When an issue is new or an issue has more than 10 events in 5 minutes, in environment"
                        + " \"production\", if the level is at least error and tag \"browser\" is one of \"Firefox\","
                        + " \"Safari\": tell it, at most once in 30 minutes for the same issue.");
    }

    @Test
    void aRuleOfTheProjectSpeaksOfNoIssue() {
        var rule = new AlertRule(
                "n",
                "",
                Match.ALL,
                List.of(new CrashFreeBelow(Rate.SESSIONS, 99.5, Duration.ofHours(1), 50)),
                Match.NONE,
                List.of(new Age(true, Duration.ofDays(1))),
                Duration.ofDays(1));

        assertThat(RuleSentence.of(rule))
                .isEqualTo("When less than 99.5 % of at least 50 sessions in 1 hour are free of crashes, without an"
                        + " environment, unless the issue is older than 1 day: tell it, at most once in 1 day.");
    }

    @Test
    void aReasonSaysWhatWasSeenAndWhatWasAskedFor() {
        assertThat(FiringReason.of(new Frequency(Measure.EVENTS, 10, false, Duration.ofMinutes(5)), 11)
                        .text())
                .isEqualTo("11 events in 5 minutes (more than 10)");
        assertThat(FiringReason.of(new Frequency(Measure.USERS, 1, true, Duration.ofHours(1)), 1)
                        .text())
                .isEqualTo("1 user in 1 hour (at least 1)");
        assertThat(FiringReason.of(new CrashFreeBelow(Rate.USERS, 99, Duration.ofHours(1), 50), 97.5, 200)
                        .text())
                .isEqualTo("97.50 % of 200 users in 1 hour were free of crashes (less than 99 %)");
        assertThat(FiringReason.of(new Increase(Measure.EVENTS, 100, Duration.ofHours(1), Duration.ofDays(1)), 30, 10)
                        .text())
                .isEqualTo("30 events in 1 hour, 200 % more than the 10 of 1 day before (over 100 %)");
    }

    @Test
    void anIncreaseIsOverItsPercentage() {
        var doubled = new Increase(Measure.EVENTS, 100, Duration.ofHours(1), Duration.ofDays(1));

        assertThat(FiringReason.isIncrease(doubled, 20, 10)).isFalse();
        assertThat(FiringReason.isIncrease(doubled, 21, 10)).isTrue();
        assertThat(FiringReason.isIncrease(doubled, 21, 0)).isFalse();
    }
}
