package dev.resentry.processing.alert;

import static dev.resentry.processing.alert.AlertSubjects.NOW;
import static dev.resentry.processing.alert.AlertSubjects.rule;
import static dev.resentry.processing.alert.AlertSubjects.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.alert.AlertFilter;
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
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.alert.EventAttribute;
import dev.resentry.model.event.Event;
import dev.resentry.model.event.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

/** What filters let through. */
class RuleFiltersTest {
    static final List<String> ATTRIBUTES = EventAttribute.NAMES;

    private static final String EVENT = """
            {"platform": "java", "logentry": {"formatted": "the cart of 7 is empty"},
             "exception": {"values": [
               {"type": "IOException", "value": "reset", "mechanism": {"handled": true}},
               {"type": "CartException", "value": "no cart", "mechanism": {"handled": false}, "stacktrace": {"frames": [
                 {"module": "shop.Cart", "filename": "Cart.java", "abs_path": "/src/shop/Cart.java", "package": "shop.jar",
                  "pre_context": ["before();"], "context_line": "pay(cart);", "post_context": ["after();"]}]}}]},
             "user": {"id": "u1", "email": "ada@example.org", "username": "ada", "ip_address": "203.0.113.9"},
             "request": {"url": "https://shop.example/pay", "method": "POST"},
             "contexts": {"response": {"status_code": 502}},
             "sdk": {"name": "sentry.java"}}""";

    private static boolean passes(AlertFilter filter) {
        return RuleFilters.pass(rule(Match.ALL, filter), subject(EVENT), NOW);
    }

    private static TextTest test(Operator operator, String... values) {
        return new TextTest(operator, List.of(values));
    }

    @ParameterizedTest
    @CsvSource({
        "EQUALS, firefox 140, true",
        "EQUALS, firefox, false",
        "NOT_EQUALS, FIREFOX 140, false",
        "NOT_EQUALS, safari, true",
        "STARTS_WITH, FIRE, true",
        "STARTS_WITH, fox, false",
        "NOT_STARTS_WITH, fire, false",
        "NOT_STARTS_WITH, fox, true",
        "ENDS_WITH, 140, true",
        "ENDS_WITH, fire, false",
        "NOT_ENDS_WITH, 140, false",
        "NOT_ENDS_WITH, 14, true",
        "CONTAINS, FOX 1, true",
        "CONTAINS, chrome, false",
        "NOT_CONTAINS, fox, false",
        "NOT_CONTAINS, chrome, true",
        "SET, , true",
        "NOT_SET, , false",
        "IN, chrome|firefox 140, true",
        "IN, chrome|safari, false",
        "NOT_IN, chrome|firefox 140, false",
        "NOT_IN, chrome|safari, true"
    })
    void aTagIsTestedByEachOperatorWithoutRegardToCase(Operator operator, String values, boolean expected) {
        String[] wanted = values == null ? new String[0] : values.split("\\|");

        assertThat(passes(new Tag("browser", test(operator, wanted)))).isEqualTo(expected);
    }

    @Test
    void whatHasNoValueFailsTestsAndPassesNegatedOnes() {
        assertThat(Arrays.stream(Operator.values()).filter(operator -> passes(new Tag("gone", test(operator, "x")))))
                .containsExactlyInAnyOrder(
                        Operator.NOT_EQUALS,
                        Operator.NOT_STARTS_WITH,
                        Operator.NOT_ENDS_WITH,
                        Operator.NOT_CONTAINS,
                        Operator.NOT_SET,
                        Operator.NOT_IN);
    }

    @ParameterizedTest
    @CsvSource({
        "message, the cart of 7 is empty",
        "message, CartException: no cart",
        "platform, java",
        "environment, production",
        "type, error",
        "error.handled, true",
        "error.unhandled, true",
        "exception.type, IOException",
        "exception.type, CartException",
        "exception.value, no cart",
        "user.id, u1",
        "user.email, ada@example.org",
        "user.username, ada",
        "user.ip_address, 203.0.113.9",
        "http.method, POST",
        "http.url, https://shop.example/pay",
        "http.status_code, 502",
        "sdk.name, sentry.java",
        "stacktrace.code, pay(cart);",
        "stacktrace.code, before();",
        "stacktrace.code, after();",
        "stacktrace.module, shop.Cart",
        "stacktrace.filename, Cart.java",
        "stacktrace.abs_path, /src/shop/Cart.java",
        "stacktrace.package, shop.jar"
    })
    void anAttributeHasTheValuesOfTheEvent(String attribute, String value) {
        assertThat(passes(new Attribute(attribute, test(Operator.EQUALS, value))))
                .isTrue();
        assertThat(passes(new Attribute(attribute, test(Operator.NOT_EQUALS, value))))
                .isFalse();
        assertThat(passes(new Attribute(attribute, test(Operator.EQUALS, value + "x"))))
                .isFalse();
    }

    @ParameterizedTest
    @FieldSource("ATTRIBUTES")
    void noAttributeFailsForAnEventThatHasNothing(String attribute) {
        var nothing = new AlertSubject(
                () -> AlertSubjects.summary("error", null, null),
                () -> AlertSubjects.issue(NOW, 1, null, Set.of()),
                () -> new Event(JsonMapper.shared().readTree("{\"exception\": 7, \"user\": [], \"request\": null}")),
                Optional::empty);

        assertThat(RuleFilters.pass(
                        rule(Match.ALL, new Attribute(attribute, test(Operator.EQUALS, "x"))), nothing, NOW))
                .isFalse();
    }

    @Test
    void levelsAreCompared() {
        assertThat(passes(new OfLevel(Order.EQUAL, Level.ERROR))).isTrue();
        assertThat(passes(new OfLevel(Order.EQUAL, Level.FATAL))).isFalse();
        assertThat(passes(new OfLevel(Order.AT_LEAST, Level.ERROR))).isTrue();
        assertThat(passes(new OfLevel(Order.AT_LEAST, Level.FATAL))).isFalse();
        assertThat(passes(new OfLevel(Order.AT_MOST, Level.WARNING))).isFalse();
        assertThat(passes(new OfLevel(Order.AT_MOST, Level.FATAL))).isTrue();
    }

    @Test
    void theLatestReleaseIsThatOfTheProject() {
        assertThat(passes(new LatestRelease())).isTrue();
        assertThat(passes(new OfRelease(test(Operator.EQUALS, "latest")))).isTrue();
        assertThat(passes(new OfRelease(test(Operator.NOT_EQUALS, "Latest")))).isFalse();
        assertThat(passes(new OfRelease(test(Operator.IN, "1.1.0", "latest")))).isTrue();
        assertThat(passes(new OfRelease(test(Operator.EQUALS, "1.1.0")))).isFalse();
        assertThat(passes(new Tag("release", test(Operator.EQUALS, "1.2.0")))).isTrue();
    }

    @Test
    void theAgeIsOfTheIssue() {
        assertThat(passes(new Age(true, Duration.ofMinutes(59)))).isTrue();
        assertThat(passes(new Age(true, Duration.ofMinutes(60)))).isFalse();
        assertThat(passes(new Age(false, Duration.ofMinutes(60)))).isFalse();
        assertThat(passes(new Age(false, Duration.ofMinutes(61)))).isTrue();
    }

    @Test
    void countsAndOwnersAreOfTheIssue() {
        assertThat(passes(new Occurrences(10))).isTrue();
        assertThat(passes(new Occurrences(11))).isFalse();
        assertThat(passes(new Assigned(Assignee.ANYBODY, null))).isTrue();
        assertThat(passes(new Assigned(Assignee.NOBODY, null))).isFalse();
        assertThat(passes(new Assigned(Assignee.USER, 3L))).isTrue();
        assertThat(passes(new Assigned(Assignee.USER, 4L))).isFalse();
        assertThat(passes(new Assigned(Assignee.TEAM, 5L))).isTrue();
        assertThat(passes(new Assigned(Assignee.TEAM, 3L))).isFalse();
    }

    @Test
    void asManyFiltersPassAsTheRuleWants() {
        AlertFilter yes = new Occurrences(1);
        AlertFilter no = new Occurrences(99);

        assertThat(RuleFilters.pass(rule(Match.ALL, yes, no), subject(EVENT), NOW))
                .isFalse();
        assertThat(RuleFilters.pass(rule(Match.ALL, yes, yes), subject(EVENT), NOW))
                .isTrue();
        assertThat(RuleFilters.pass(rule(Match.ANY, no, yes), subject(EVENT), NOW))
                .isTrue();
        assertThat(RuleFilters.pass(rule(Match.ANY, no, no), subject(EVENT), NOW))
                .isFalse();
        assertThat(RuleFilters.pass(rule(Match.NONE, no, yes), subject(EVENT), NOW))
                .isFalse();
        assertThat(RuleFilters.pass(rule(Match.NONE, no, no), subject(EVENT), NOW))
                .isTrue();
        assertThat(RuleFilters.pass(rule(Match.ANY), subject(EVENT), NOW)).isTrue();
    }

    @Test
    void theEnvironmentOfTheRuleIsTheEvents() {
        assertThat(RuleFilters.pass(inEnvironment("production"), subject(EVENT), NOW))
                .isTrue();
        assertThat(RuleFilters.pass(inEnvironment("staging"), subject(EVENT), NOW))
                .isFalse();
        assertThat(RuleFilters.pass(inEnvironment(""), subject(EVENT), NOW)).isFalse();
    }

    @Test
    void theEventIsNotReadWhereItsColumnsDecide() {
        var unread = new AlertSubject(
                () -> AlertSubjects.summary("error", null, "production"),
                () -> {
                    throw new AssertionError("the issue was read");
                },
                () -> {
                    throw new AssertionError("the event was read");
                },
                Optional::empty);
        AlertRule rule = rule(
                Match.ALL,
                new Attribute("exception.type", test(Operator.EQUALS, "x")),
                new Occurrences(5),
                new OfLevel(Order.EQUAL, Level.FATAL));

        assertThat(RuleFilters.pass(rule, unread, NOW)).isFalse();
    }

    private static AlertRule inEnvironment(String environment) {
        AlertRule any = rule(Match.ALL);
        return new AlertRule(
                any.name(),
                environment,
                any.conditionMatch(),
                any.conditions(),
                any.filterMatch(),
                any.filters(),
                any.interval());
    }
}
