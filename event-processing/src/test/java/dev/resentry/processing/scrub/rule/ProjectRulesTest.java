package dev.resentry.processing.scrub.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.scrub.IpPolicy;
import dev.resentry.processing.scrub.ScrubSettings;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.processing.scrub.rule.ScrubRule.Method;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ProjectRulesTest {
    private static final String EVENT = """
            {"event_id": "a", "level": "error", "message": "m1", "logentry": {"formatted": "m2", "params": ["m3"]},
            "exception": {"values": [{"type": "T", "value": "v1", "stacktrace": {"frames": [{"function": "f", "vars": {"x": {"y": "v2"}}}]}}]},
            "request": {"headers": [["Accept", "h1"], ["X-A", "h2"]], "data": "d1", "url": "u1"},
            "user": {"id": "i1", "email": "e1"}, "tags": {"x": "t1", "my tag": "t2"},
            "extra": {"a": {"b": "x1", "c": 5}, "safe": "x2", "list": ["x3", true]}}""";

    /** A selector, and the values that it finds. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            $error.value                         ; v1
            $message                             ; m1 m2 m3
            $logentry.params.*                   ; m3
            extra.**                             ; x1 5 x2 x3 true
            extra.*                              ; x1 5 x2 x3 true
            extra.a.b                            ; x1
            EXTRA.A.B                            ; x1
            extra.list.0                         ; x3
            $http.headers.*                      ; h1 h2
            $http.headers.accept                 ; h1
            $request.data                        ; d1
            $frame.vars.**                       ; v2
            exception.values.*.value             ; v1
            user.email                           ; e1
            user                                 ; i1 e1
            tags.x                               ; t1
            tags.'my tag'                        ; t2
            $number                              ; 5
            $boolean                             ; true
            extra.** && !extra.safe              ; x1 5 x3 true
            extra.** && !(extra.a || extra.list) ; x2
            tags.x || user.id && user            ; i1 t1
            !$string && extra.**                 ; 5 true
            **.b                                 ; x1
            nothing.at.all                       ;
            """)
    void aSelectorFindsValues(String selector, @Nullable String values) {
        ObjectNode event = scrubbed(EVENT, rule(Method.REPLACE, Target.ANYTHING, null, selector, "FOUND"));

        String expected = EVENT;
        for (String value : values == null ? List.<String>of() : List.of(values.split(" "))) {
            String quoted = value.equals("5") || value.equals("true") ? value : "\"" + value + "\"";
            expected = expected.replace(": " + quoted, ": \"FOUND\"")
                    .replace("[" + quoted, "[\"FOUND\"")
                    .replace(", " + quoted + "]", ", \"FOUND\"]");
        }
        event.remove("_meta");
        assertThat(event).isEqualTo(UntrustedJson.STRICT.tree(expected));
    }

    @Test
    void idsAndTimesStayInAnyCase() {
        ObjectNode event = scrubbed(
                "{\"event_id\": \"a\", \"timestamp\": \"t\", \"level\": \"error\", \"contexts\": {\"trace\": {\"trace_id\": \"x\", \"op\": \"o\"}}}",
                rule(Method.REMOVE, Target.ANYTHING, null, "**", null));

        event.remove("_meta");
        assertThat(event.toString())
                .isEqualTo(
                        "{\"event_id\":\"a\",\"timestamp\":\"t\",\"level\":\"error\",\"contexts\":{\"trace\":{\"trace_id\":\"x\"}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            MASK    ; ANYTHING   ; -      ; abc def             ; *******
            MASK    ; CREDITCARD ; -      ; a 4111 1111 1111 1111 ; a ***************1111
            MASK    ; EMAIL      ; -      ; to a@b.org!         ; to *******!
            MASK    ; PATTERN    ; [0-9]+ ; a1b22               ; a*b**
            HASH    ; ANYTHING   ; -      ; abc                 ; [hash:ba7816bf8f01cfea]
            HASH    ; EMAIL      ; -      ; to a@b.org, a@b.org ; to [hash:5b26064bbe849dab], [hash:5b26064bbe849dab]
            REPLACE ; ANYTHING   ; -      ; abc                 ; [Filtered]
            REPLACE ; UUID       ; -      ; x 550e8400-e29b-41d4-a716-446655440000 ; x [uuid]
            REPLACE ; MAC        ; -      ; 00:1a:2b:3c:4d:5e   ; [mac]
            REPLACE ; IP         ; -      ; at 203.0.113.9      ; at [ip]
            REPLACE ; IBAN       ; -      ; DE89370400440532013000 ; [iban]
            REPLACE ; SSN        ; -      ; 078-05-1120         ; [ssn]
            REPLACE ; USERPATH   ; -      ; /home/jane/x        ; /home/[user]/x
            REPLACE ; URLAUTH    ; -      ; ftp://a:b@c/        ; ftp://a:[Filtered]@c/
            REPLACE ; TOKEN      ; -      ; AKIAIOSFODNN7EXAMPLE ; [key]
            REPLACE ; PASSWORD   ; -      ; pwd=x               ; pwd=[Filtered]
            REMOVE  ; PATTERN    ; '\\s*\\(.*?\\)' ; call (now)  ; call
            """)
    void aMethodIsAppliedToWhatIsFound(
            Method method, Target target, @Nullable String pattern, String text, String left) {
        ObjectNode event = (ObjectNode) UntrustedJson.STRICT.tree("{\"extra\": {}}");
        ((ObjectNode) event.path("extra")).put("x", text);

        scrubber(rule(method, target, pattern, "extra.x", null)).scrub(event);

        assertThat(event.at("/extra/x").asString()).isEqualTo(left);
        assertThat(event.at("/_meta/extra/x//rem/0/0").asString()).isEqualTo("project:1");
    }

    @Test
    void aRemovedValueIsGoneAndAListKeepsItsPlaces() {
        ObjectNode event = scrubbed(
                "{\"extra\": {\"a\": {\"b\": 1}, \"c\": 2, \"list\": [1, 2]}}",
                rule(Method.REMOVE, Target.ANYTHING, null, "extra.a || extra.c || extra.list.0", null));

        assertThat(event.path("extra").toString()).isEqualTo("{\"list\":[null,2]}");
        assertThat(event.at("/_meta/extra/a//rem").toString()).isEqualTo("[[\"project:1\",\"x\"]]");
    }

    @Test
    void rulesHoldInSafeFieldsToo() {
        var settings = new ScrubSettings(
                true,
                List.of(),
                List.of("note"),
                IpPolicy.KEEP,
                List.of(rule(Method.REPLACE, Target.EMAIL, null, "**", "someone")));
        ObjectNode event = (ObjectNode) UntrustedJson.STRICT.tree("{\"extra\": {\"note\": \"a@b.org 078-05-1120\"}}");

        new Scrubber(settings).scrub(event);

        assertThat(event.at("/extra/note").asString()).isEqualTo("someone 078-05-1120");
    }

    @Test
    void aReplacementThatNeverSettlesCostsTheValue() {
        ObjectNode event =
                scrubbed("{\"extra\": {\"x\": \"aaa\"}}", rule(Method.REPLACE, Target.PATTERN, "a", "extra.x", "aa"));

        assertThat(event.at("/extra/x").asString()).isEqualTo("[Filtered]");
        assertThat(event.at("/_meta/extra/x//err/0").asString()).contains("each look finds more");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aPatternThatWouldBacktrackTakesBoundedTime() {
        ObjectNode event = (ObjectNode) UntrustedJson.STRICT.tree("{\"extra\": {}}");
        ((ObjectNode) event.path("extra")).put("x", "a".repeat(200_000) + "!").put("y", "a".repeat(20_000_000));

        scrubber(rule(Method.MASK, Target.PATTERN, "(a+)+$", "extra.**", null)).scrub(event);

        assertThat(event.at("/extra/x").asString()).endsWith("!");
        assertThat(event.at("/extra/y").asString()).isEqualTo("[Filtered]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            extra.     ; column 7: the end (expected: a name
            extra &&   ; column 9: the end
            extra & x  ; column 7: '&' (expected: '.', '&&', '||' or the end)
            $eror.x    ; column 1: '$eror' (expected: $error
            a || (b    ; column 8: the end (expected: ')')
            a.b* || c  ; column 4: '*'
            *b         ; column 1: '*' stands for a whole name
            tags.'x    ; column 6: a quote that does not end
            $          ; column 2: the end (expected: a word behind '$')
            """)
    void aSelectorThatIsNoneSaysWhere(String selector, String message) {
        assertThatThrownBy(() -> scrubber(
                        rule(Method.REMOVE, Target.ANYTHING, null, "extra", null),
                        rule(Method.REMOVE, Target.ANYTHING, null, selector, null)))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageStartingWith("rules[1].source: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a", "a{1001}", "(a{100}){100}", "(((a{30}){30}){30})", "(?=a)", "\\1", ""})
    void aPatternThatIsNoneOrTooLargeIsRefused(String pattern) {
        assertThatThrownBy(() -> scrubber(rule(Method.MASK, Target.PATTERN, pattern, "extra", null)))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageStartingWith("rules[0].pattern: ");
    }

    @Test
    void aSelectorIsBoundedInLengthAndDepth() {
        for (String selector :
                List.of("!".repeat(900) + "a", "(".repeat(900), "a.".repeat(400) + "a", "a".repeat(1_001))) {
            assertThatThrownBy(() -> scrubber(rule(Method.MASK, Target.ANYTHING, null, selector, null)))
                    .isInstanceOf(InvalidRuleException.class);
        }
    }

    private static ScrubRule rule(
            Method method, Target target, @Nullable String pattern, String source, @Nullable String replacement) {
        return new ScrubRule(method, target, pattern, source, replacement);
    }

    private static Scrubber scrubber(ScrubRule... rules) {
        return new Scrubber(new ScrubSettings(true, List.of(), List.of(), IpPolicy.KEEP, List.of(rules)));
    }

    private static ObjectNode scrubbed(String json, ScrubRule... rules) {
        ObjectNode event = (ObjectNode) UntrustedJson.STRICT.tree(json);
        scrubber(rules).scrub(event);
        return event;
    }
}
