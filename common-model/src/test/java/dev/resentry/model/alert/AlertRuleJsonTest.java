package dev.resentry.model.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.EveryEvent;
import dev.resentry.model.alert.AlertCondition.Extent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.model.alert.AlertCondition.NewIssue;
import dev.resentry.model.alert.AlertCondition.Rate;
import dev.resentry.model.alert.AlertCondition.Regression;
import dev.resentry.model.alert.AlertCondition.Spike;
import dev.resentry.model.alert.AlertCondition.Unignored;
import dev.resentry.model.alert.AlertFilter.Age;
import dev.resentry.model.alert.AlertFilter.Assigned;
import dev.resentry.model.alert.AlertFilter.Assignee;
import dev.resentry.model.alert.AlertFilter.Attribute;
import dev.resentry.model.alert.AlertFilter.LatestRelease;
import dev.resentry.model.alert.AlertFilter.Occurrences;
import dev.resentry.model.alert.AlertFilter.OfLevel;
import dev.resentry.model.alert.AlertFilter.OfRelease;
import dev.resentry.model.alert.AlertFilter.Operator;
import dev.resentry.model.alert.AlertFilter.Order;
import dev.resentry.model.alert.AlertFilter.Tag;
import dev.resentry.model.alert.AlertFilter.TextTest;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.event.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A rule survives being written; one that is none says which field is wrong. */
class AlertRuleJsonTest {
    private static final TextTest IS = new TextTest(Operator.EQUALS, List.of("a"));

    @Test
    void aRuleIsReadAsItWasWritten() {
        var rule = new AlertRule(
                "all there is",
                "production",
                Match.ALL,
                List.of(
                        new NewIssue(),
                        new Regression(),
                        new Unignored(),
                        new EveryEvent(),
                        new Frequency(Measure.USERS, 10, true, Duration.ofMinutes(5)),
                        new Increase(Measure.EVENTS, 50, Duration.ofHours(1), Duration.ofDays(1)),
                        new CrashFreeBelow(Rate.USERS, 99.5, Duration.ofHours(1), 50),
                        new Spike(Extent.ISSUE)),
                Match.NONE,
                List.of(
                        new OfLevel(Order.AT_LEAST, Level.ERROR),
                        new OfRelease(new TextTest(Operator.IN, List.of("1.0", "1.1"))),
                        new LatestRelease(),
                        new Tag("browser", new TextTest(Operator.SET, List.of())),
                        new Attribute("exception.type", IS),
                        new Age(false, Duration.ofMinutes(10)),
                        new Occurrences(100),
                        new Assigned(Assignee.TEAM, 7L),
                        new Assigned(Assignee.NOBODY, null)),
                Duration.ofMinutes(30));

        assertThat(AlertRuleJson.read(AlertRuleJson.write(rule))).isEqualTo(rule);
    }

    @Test
    void whatIsLeftOutHasItsUsualValue() {
        AlertRule rule = AlertRuleJson.read(JsonMapper.shared().readTree("""
                        {"name": "n", "conditions": [{"type": "frequency", "threshold": "5", "window_minutes": 1}]}"""));

        assertThat(rule)
                .isEqualTo(new AlertRule(
                        "n",
                        null,
                        Match.ANY,
                        List.of(new Frequency(Measure.EVENTS, 5, false, Duration.ofMinutes(1))),
                        Match.ALL,
                        List.of(),
                        Duration.ofMinutes(30)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [] | rule | expected: an object
            {"name": " ", "conditions": [{"type": "new_issue"}]} | name | must not be empty
            {"name": "n"} | conditions | 0 of them (expected: 1 to 20)
            {"name": "n", "conditions": [{"type": "new"}]} | conditions[0].type | 'new' (expected: new_issue, regression,
            {"name": "n", "conditions": [{"type": "frequency", "window_minutes": 1}]} | conditions[0].threshold | expected: a whole number
            {"name": "n", "conditions": [{"type": "frequency", "threshold": 1, "window_minutes": 0}]} | conditions[0].window_minutes | 0 (expected: 1 to 43200)
            {"name": "n", "conditions": [{"type": "new_issue"}], "filters": [{"type": "attribute", "name": "x"}]} | filters[0].name | 'x' (expected: message,
            {"name": "n", "conditions": [{"type": "new_issue"}], "filters": [{"type": "tag", "key": "k", "values": []}]} | filters[0].values | 0 values (expected: 1 to 1)
            {"name": "n", "conditions": [{"type": "new_issue"}], "condition_match": "some"} | condition_match | 'some' (expected: all, any, none)
            {"name": "n", "conditions": [{"type": "new_issue"}], "interval_minutes": 0} | interval_minutes | 0 (expected: 1 to 43200)""")
    void whatIsWrongIsNamed(String json, String field, String problem) {
        assertThatExceptionOfType(MalformedAlertRuleException.class)
                .isThrownBy(() -> AlertRuleJson.read(JsonMapper.shared().readTree(json)))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .withMessageStartingWith(problem);
    }
}
