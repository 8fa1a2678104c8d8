package dev.resentry.processing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.alert.AlertRuleJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Which rules are said to be of no use, and which are not. */
class RuleAnalysisTest {

    private static RuleAnalysis analysis(String fields) {
        return RuleAnalysis.of(AlertRuleJson.read(JsonMapper.shared().readTree("{\"name\": \"n\", " + fields + "}")));
    }

    private static RuleAnalysis filters(String match, String filters) {
        return analysis("\"conditions\": [{\"type\": \"every_event\"}], \"filter_match\": \"%s\", \"filters\": [%s]"
                .formatted(match, filters));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            all | {"type": "new_issue"}, {"type": "regression"} | No event does all of this: an issue is new, a resolved issue happens again.
            all | {"type": "unignored"}, {"type": "regression"} | No event does all of this
            all | {"type": "new_issue"}, {"type": "increase", "percent": 10, "window_minutes": 5, "before_minutes": 60} | A new issue has no earlier events
            any | {"type": "frequency", "threshold": 6000000, "window_minutes": 1} | 1 minute cannot hold more than 6000000 events.
            any | {"type": "crash_free_below", "percent": 0, "window_minutes": 60} | No rate is below 0 %.
            none | {"type": "every_event"} | It is true of every event that an event comes.
            none | {"type": "frequency", "threshold": 1, "reaches": true, "window_minutes": 1} | It is true of every event""")
    void conditionsThatNeverComeTrueAreNamed(String match, String conditions, String reason) {
        RuleAnalysis analysis =
                analysis("\"condition_match\": \"%s\", \"conditions\": [%s]".formatted(match, conditions));

        assertThat(analysis.canFire()).isFalse();
        assertThat(analysis.never()).anySatisfy(text -> assertThat(text).startsWith(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            all | {"type": "level", "order": "equal", "level": "error"}, {"type": "level", "order": "equal", "level": "fatal"} | No level is all of this
            all | {"type": "level", "order": "at_least", "level": "error"}, {"type": "level", "order": "at_most", "level": "info"} | No level is all of this
            all | {"type": "tag", "key": "k", "values": ["a"]}, {"type": "tag", "key": "k", "values": ["b"]} | No event is like that: its tag "k"
            all | {"type": "tag", "key": "k", "values": ["a"]}, {"type": "tag", "key": "k", "operator": "not_equals", "values": ["A"]} | No event is like that
            all | {"type": "tag", "key": "k", "operator": "set"}, {"type": "tag", "key": "k", "operator": "not_set"} | No event is like that
            all | {"type": "tag", "key": "k", "operator": "in", "values": ["a", "b"]}, {"type": "tag", "key": "k", "operator": "in", "values": ["c"]} | No event is like that
            all | {"type": "tag", "key": "k", "operator": "starts_with", "values": ["ab"]}, {"type": "tag", "key": "k", "operator": "starts_with", "values": ["ac"]} | No event is like that
            all | {"type": "attribute", "name": "message", "operator": "contains", "values": ["time out"]}, {"type": "attribute", "name": "message", "operator": "not_contains", "values": ["out"]} | No event is like that
            all | {"type": "attribute", "name": "exception.type", "values": ["a"]}, {"type": "attribute", "name": "exception.type", "operator": "not_set"} | No event is like that
            all | {"type": "latest_release"}, {"type": "release", "operator": "not_set"} | No event is like that: its release
            all | {"type": "age", "older": true, "minutes": 60}, {"type": "age", "older": false, "minutes": 60} | No issue is older than 1 hour and newer than 1 hour.
            all | {"type": "assigned", "to": "nobody"}, {"type": "assigned", "to": "user", "id": 1} | No issue is all of this
            all | {"type": "assigned", "to": "user", "id": 2}, {"type": "assigned", "to": "user", "id": 1} | No issue is all of this
            none | {"type": "level", "order": "at_least", "level": "debug"} | Every level is one of this
            none | {"type": "level", "order": "at_least", "level": "error"}, {"type": "level", "order": "at_most", "level": "warning"} | Every level
            none | {"type": "occurrences", "at_least": 1} | Every issue has happened
            none | {"type": "assigned", "to": "nobody"}, {"type": "assigned", "to": "anybody"} | Every issue is assigned
            none | {"type": "tag", "key": "k", "operator": "set"}, {"type": "tag", "key": "k", "operator": "not_set"} | Every event has a tag "k" or has none.""")
    void filtersThatLetNothingThroughAreNamed(String match, String filters, String reason) {
        assertThat(filters(match, filters).never())
                .anySatisfy(text -> assertThat(text).startsWith(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            any | {"type": "level", "order": "equal", "level": "error"}, {"type": "level", "order": "equal", "level": "fatal"}
            all | {"type": "level", "order": "at_least", "level": "error"}, {"type": "level", "order": "at_most", "level": "error"}
            all | {"type": "attribute", "name": "exception.type", "values": ["a"]}, {"type": "attribute", "name": "exception.type", "values": ["b"]}
            all | {"type": "tag", "key": "k", "values": ["ab"]}, {"type": "tag", "key": "k", "operator": "starts_with", "values": ["A"]}
            all | {"type": "tag", "key": "k", "operator": "starts_with", "values": ["ab"]}, {"type": "tag", "key": "k", "operator": "starts_with", "values": ["abc"]}
            all | {"type": "tag", "key": "k", "operator": "not_set"}, {"type": "tag", "key": "k", "operator": "not_equals", "values": ["a"]}
            all | {"type": "release", "values": ["latest"]}, {"type": "release", "values": ["1.0"]}
            all | {"type": "age", "older": true, "minutes": 60}, {"type": "age", "older": false, "minutes": 120}
            all | {"type": "assigned", "to": "team", "id": 1}, {"type": "assigned", "to": "team", "id": 2}
            none | {"type": "occurrences", "at_least": 2}
            any |""")
    void filtersThatLetSomethingThroughAreNot(String match, String filters) {
        assertThat(filters(match, filters == null ? "" : filters).never()).isEmpty();
    }

    @Test
    void aFilterOfTheEnvironmentIsHeldAgainstTheRules() {
        String dev = "{\"type\": \"attribute\", \"name\": \"environment\", \"values\": [\"dev\"]}";
        String conditions = "\"conditions\": [{\"type\": \"new_issue\"}], \"filters\": [%s]".formatted(dev);

        assertThat(analysis("\"environment\": \"production\", " + conditions).canFire())
                .isFalse();
        assertThat(analysis("\"environment\": \"\", " + conditions).canFire()).isFalse();
        assertThat(analysis("\"environment\": \"dev\", " + conditions).canFire())
                .isTrue();
        assertThat(analysis("\"environment\": \"production\", \"filter_match\": \"any\", " + conditions)
                        .canFire())
                .isFalse();
    }

    @Test
    void aNewIssueIsNotOld() {
        String rule =
                "\"conditions\": [{\"type\": \"new_issue\"}], \"filters\": [{\"type\": \"age\", \"minutes\": %d}]";

        assertThat(analysis(rule.formatted(60)).never()).hasSize(1);
        assertThat(analysis(rule.formatted(10)).never()).isEmpty();
        assertThat(analysis(rule.formatted(10)).doubts())
                .containsExactly("A new issue is older than 10 minutes only if its first event came late.");
    }

    @Test
    void aProjectHasNoEventToFilter() {
        assertThat(analysis("""
                        "conditions": [{"type": "crash_free_below", "percent": 99, "window_minutes": 60}],
                        "filters": [{"type": "occurrences", "at_least": 5}]""").canFire()).isFalse();
    }

    @Test
    void oneConditionThatCanComeTrueIsEnoughForAny() {
        assertThat(analysis("""
                        "conditions": [{"type": "crash_free_below", "percent": 0, "window_minutes": 60}, {"type": "new_issue"}]""").canFire()).isTrue();
    }

    @Test
    void windowsThatOverlapAreDoubtful() {
        RuleAnalysis analysis = analysis("""
                "conditions": [{"type": "increase", "percent": 10, "window_minutes": 60, "before_minutes": 5}]""");

        assertThat(analysis.canFire()).isTrue();
        assertThat(analysis.doubts())
                .containsExactly(
                        "The times that are compared overlap: 1 hour is longer than the 5 minutes between them.");
    }
}
