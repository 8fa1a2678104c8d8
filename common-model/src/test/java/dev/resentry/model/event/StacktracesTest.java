package dev.resentry.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each stack trace of these events has one frame, whose function is named after the place of the trace in the event. */
class StacktracesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thrown | cause, thrown | own | other, current, crashed",
                "cause | cause, - | own | other, current, crashed",
                "crashed | -, - | own | other, current, crashed",
                "current | | own | other, current, crashed-",
                "own | | own | other, current-, crashed-",
                "other | | - | -, other, another",
                "'' | - | - | -, current-, crashed-"
            })
    void theMainOneIsTheFirstWithFrames(String main, String exceptions, String own, String threads) {
        assertThat(function(Stacktraces.main(event(exceptions, own, threads)))).isEqualTo(main);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "own | own | other, current, crashed",
                "'' | - | other, current, crashed",
                "crashed | | other, current, crashed",
                "'' | | other, current, crashed-",
                "current | | other, current, crashed, crashed",
                "'' | | other, another",
                "'' | | current, current",
                "other | | other"
            })
    void theOneOfGroupingIsNeverChosenAmongSeveral(String expected, String own, String threads) {
        assertThat(function(Stacktraces.ofGrouping(event(null, own, threads)))).isEqualTo(expected);
    }

    @Test
    void theOneOfGroupingIsOutsideOfExceptions() {
        assertThat(Stacktraces.ofGrouping(event("thrown", null, null)).isPresent())
                .isFalse();
    }

    private static Event event(String exceptions, String own, String threads) {
        String json = """
                {"exception": {"values": [%s]}, "stacktrace": %s, "threads": {"values": [%s]}}
                """.formatted(list(exceptions), own == null ? null : stack(own), list(threads));
        return new Event(UntrustedJson.STORED.tree(json));
    }

    private static String list(String names) {
        if (names == null) {
            return "";
        }
        var json = new StringBuilder();
        for (String name : names.split(", ")) {
            String flag = name.endsWith("-") ? name.substring(0, name.length() - 1) : name;
            json.append(json.isEmpty() ? "" : ",")
                    .append("{\"%s\": true, \"stacktrace\": %s}".formatted(flag, stack(name)));
        }
        return json.toString();
    }

    /** A name that ends with a minus has no frames. */
    private static String stack(String name) {
        return name.endsWith("-") ? "{\"frames\": []}" : "{\"frames\": [{\"function\": \"%s\"}]}".formatted(name);
    }

    private static String function(Stacktrace stacktrace) {
        return stacktrace.nearestFrame().map(Frame::function).orElse("");
    }
}
