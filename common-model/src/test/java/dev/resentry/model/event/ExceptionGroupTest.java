package dev.resentry.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Exceptions are written as {@code id:parent}, with {@code *} behind a group and {@code s} behind a suppressed one. */
class ExceptionGroupTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0:-* 1:0 | 1",
                "1:0 0:-* | 1",
                "0:-* 1:0 2:0 | 1, 2",
                "0:-* 1:0* 2:1 3:1 | 2, 3",
                "0:-* 1:0 2:1 3:2 | 1<2<3",
                "0:-* 1:0s | 0",
                "0:-* 1:0s 2:0 | 2",
                "0:- 1:0* 2:1 | 0<1<2",
                "0:- 1:0* 2:1s | 0<1",
                "0:-* | 0"
            })
    void membersAreWhatWasThrownInside(String sent, String members) {
        assertThat(of(sent).orElseThrow().members().stream()
                        .map(chain -> chain.stream().map(ExceptionValue::type).collect(Collectors.joining("<")))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(members);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0:- 1:0",
                "0:0*",
                "0:1* 1:0*",
                "0:-* 1:-",
                "0:-* 0:0",
                "0:-* 1:2 2:1",
                "0:-* 1:7",
                "x:-* 1:0",
                "1:0*"
            })
    void whatMakesNoTreeOrHasNoGroupIsNone(String sent) {
        assertThat(of(sent)).isEmpty();
    }

    private static Optional<ExceptionGroup> of(String sent) {
        return ExceptionGroup.of(List.of(sent.split(" ")).stream()
                .map(ExceptionGroupTest::exception)
                .toList());
    }

    private static ExceptionValue exception(String text) {
        String plain = text.replace("*", "").replace("s", "");
        String id = plain.substring(0, plain.indexOf(':'));
        String parent = plain.substring(plain.indexOf(':') + 1);
        ObjectNode json = JsonMapper.shared().createObjectNode().put("type", id);
        ObjectNode mechanism = json.putObject("mechanism").put("is_exception_group", text.endsWith("*"));
        mechanism.put("type", text.endsWith("s") ? "suppressed" : "chained");
        mechanism.set("exception_id", UntrustedJson.STRICT.tree(id.equals("x") ? "\"x\"" : id));
        if (!parent.equals("-")) {
            mechanism.put("parent_id", Integer.parseInt(parent));
        }
        return new ExceptionValue(json);
    }
}
