package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processing.group.GroupingExplanation.DecidingRule;
import dev.resentry.processing.group.GroupingRules.Parse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingRulesTest {
    private static final SentEvent EVENT = SentEvent.ofJson("""
            {"platform":"python","level":"warning","logger":"shop.pay","transaction":"GET /cart","release":"shop@1","environment":"live",
             "tags":{"shop":"berlin"},"logentry":{"formatted":"cart 7"},"sdk":{"name":"sentry.python"},
             "threads":[{"name":"worker-1","current":true}],
             "exception":[{"type":"KeyError","value":"cause"},{"type":"ValueError","value":"item 17","mechanism":{"type":"django"},
              "stacktrace":{"frames":[
               {"module":"lib.web","function":"dispatch","abs_path":"/venv/lib.py","in_app":false},
               {"module":"shop.cart","function":"pay","abs_path":"/srv/Shop/cart.py","package":"/opt/shop.so","in_app":true},
               {"module":"lib.db","function":"query","abs_path":"/venv/db.py","in_app":false}]}}]}""");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type:ValueError",
                "error.type:KeyError",
                "type:Value*",
                "!type:TypeError",
                "value:\"item *\"",
                "error.value:item?17",
                "mechanism:django",
                "message:\"cart *\"",
                "message:cause",
                "logger:shop.*",
                "level:warning",
                "sdk:sentry.*",
                "release:shop@*",
                "environment:live",
                "transaction:\"GET *\"",
                "tags.shop:berlin",
                "\"tags.shop\":\"berlin\"",
                "thread.name:worker-*",
                "family:other",
                "family:native,other",
                "family:all",
                "platform:python",
                "function:pay",
                "stack.function:pay module:shop.*",
                "stack.module:shop.cart",
                "path:**/shop/*.py",
                "path:\\srv\\**",
                "stack.abs_path:/srv/shop/cart.py",
                "package:**/shop.so",
                "app:yes function:pay",
                "app:no function:query",
                "[ function:dispatch ] | function:pay",
                "function:pay | [ function:query ]",
                "[ function:dispatch ] | function:pay | [ app:no ]"
            })
    void aRuleThatFitsGivesTheFingerprint(String matchers) {
        GroupingResult result = EVENT.grouped(rules(matchers + " -> fits", ""));

        assertThat(result.explanation().hashedTexts()).containsExactly("(fingerprint", "value", "fits", ")");
        assertThat(result.explanation().rule()).isEqualTo(new DecidingRule("project", 1, matchers + " -> fits"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type:Value",
                "!type:ValueError",
                "type:ValueError level:error",
                "function:pay module:lib.*",
                "function:pay app:no",
                "path:/srv/*.py",
                "family:javascript",
                "tags.shop:paris",
                "[ function:query ] | function:pay",
                "function:query | [ function:pay ]"
            })
    void aRuleThatDoesNotFitChangesNothing(String matchers) {
        assertThat(EVENT.grouped(rules(matchers + " -> fits", "")).primary())
                .isEqualTo(EVENT.grouped().primary());
    }

    @Test
    void theFirstRuleThatFitsReplacesWhatTheSdkSays() {
        SentEvent sent =
                SentEvent.ofJson("{\"message\":\"m\",\"fingerprint\":[\"sdk\"],\"tags\":{\"shop\":\"berlin\"}}");
        GroupingRules rules = rules(
                "# comment\n\nlevel:debug -> first\nlevel:error -> pay-{{ tags.shop }}, \"two words\" title=\"Shop {{ tags.shop }}\"\nlevel:error -> third",
                "");

        GroupingResult result = sent.grouped(rules);

        assertThat(result.explanation().hashedTexts())
                .containsExactly("(fingerprint", "value", "pay-berlin", "value", "two words", ")");
        assertThat(result.titleByRule()).isEqualTo("Shop berlin");
        assertThat(result.explanation().rule()).extracting(DecidingRule::line).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "function:query +app ; query",
                "function:pay -app ; system",
                "function:dispatch ^-app ; system",
                "function:query v-app ; system",
                "module:shop.* -group ; none",
                "module:shop.* category=ours ; same",
                "type:ValueError min-frames=2 ; none",
                "type:ValueError max-frames=0 ; same",
                "type:TypeError -group ; same",
                "function:query v-group ; none"
            },
            quoteCharacter = '`')
    void stackTraceRulesDecideWhichFramesCount(String rule, String outcome) {
        var texts = EVENT.grouped(rules("", rule)).explanation().hashedTexts();

        switch (outcome) {
            case "query" -> assertThat(texts).contains("query");
            case "same" ->
                assertThat(texts).isEqualTo(EVENT.grouped().explanation().hashedTexts());
            case "system" -> assertThat(texts).containsSubsequence("dispatch", "pay", "query");
            default -> assertThat(texts).doesNotContain("pay");
        }
    }

    @Test
    void aLaterRuleOverrulesAnEarlierOneAndMayAskForItsCategory() {
        String text = "module:lib.db category=db\ncategory:db -app\ncategory:db +app";

        assertThat(EVENT.grouped(rules("", text)).explanation().hashedTexts()).contains("query");
        assertThat(EVENT.grouped(rules("", "function:dispatch -app"))
                        .explanation()
                        .toJson()
                        .toString())
                .contains("not in app (project rule, line 1)");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "type:ValueError", "", 16, "fingerprint rules: found the end of the line (expected: '->')"),
                Arguments.of("colour:red -> x", "", 1, "fingerprint rules: unknown matcher 'colour'"),
                Arguments.of("type -> x", "", 5, "fingerprint rules: found ' ' (expected: ':' behind type)"),
                Arguments.of("type: -> x", "", 6, "fingerprint rules: found ' ' (expected: a pattern behind type:)"),
                Arguments.of("-> x", "", 1, "fingerprint rules: found '-' (expected: a matcher"),
                Arguments.of(
                        "type:x ->",
                        "",
                        10,
                        "fingerprint rules: found the end of the line (expected: a value behind '->')"),
                Arguments.of("type:x -> {{ message", "", 11, "fingerprint rules: '{{' is not closed"),
                Arguments.of("value:\"x -> y", "", 7, "fingerprint rules: the quote is not closed"),
                Arguments.of("app:maybe -> x", "", 5, "fingerprint rules: app: 'maybe' (expected: yes or no)"),
                Arguments.of(
                        "[ type:x ] | function:y -> x",
                        "",
                        3,
                        "fingerprint rules: only conditions on a frame may stand in brackets"),
                Arguments.of("[ function:x ] function:y -> x", "", 16, "fingerprint rules: found 'f' (expected: '|')"),
                Arguments.of("", "function:x", 11, "stack-trace rules: found the end of the line (expected: an action"),
                Arguments.of(
                        "",
                        "function:x +apple",
                        12,
                        "stack-trace rules: unknown action 'apple' (expected: app or group)"),
                Arguments.of(
                        "",
                        "function:x max-frames=many",
                        23,
                        "stack-trace rules: 'many' (expected: a number from 0 to 1000)"),
                Arguments.of("", "+app", 1, "stack-trace rules: found '+' (expected: a matcher"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultNamesItsPlaceAndWhatWasExpected(String fingerprints, String stacks, int column, String message) {
        assertThat(GroupingRules.parse(fingerprints, stacks)).isInstanceOfSatisfying(Parse.Invalid.class, fault -> {
            assertThat(fault.line()).isEqualTo(1);
            assertThat(fault.column()).isEqualTo(column);
            assertThat(fault.message()).startsWith(message);
        });
    }

    @Test
    void aFaultIsFoundInWhateverLineItIs() {
        assertThat(GroupingRules.parse("# a\n\ntype:x -> y\n  type:y", ""))
                .isEqualTo(new Parse.Invalid(4, 9, "fingerprint rules: found the end of the line (expected: '->')"));
        assertThat(GroupingRules.parse("type:x -> y\n".repeat(501), ""))
                .isEqualTo(new Parse.Invalid(501, 1, "fingerprint rules: too many rules (expected: at most 500)"));
    }

    /** A pattern of stars on a long text takes a moment, not a day. */
    @Test
    void patternsAreTriedInTimeThatGrowsWithTheirLength() {
        SentEvent sent = SentEvent.thrown("python", "E: " + "a".repeat(10_000), "shop #" + "a".repeat(1_000));

        GroupingResult result =
                sent.grouped(rules("value:" + "a*".repeat(200) + "b -> x", "function:" + "*a".repeat(200) + "b -app"));

        assertThat(result.primary()).isEqualTo(sent.grouped().primary());
    }

    private static GroupingRules rules(String fingerprints, String stacks) {
        return ((Parse.Parsed) GroupingRules.parse(fingerprints, stacks)).rules();
    }
}
