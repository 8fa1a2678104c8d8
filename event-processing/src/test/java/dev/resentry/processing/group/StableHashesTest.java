package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes are kept for years. If one of these fails, the rules have changed and need a new {@link Grouping#STRATEGY}. */
class StableHashesTest {

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("791e4f7579099de155792b16071cbad2", SentEvent.ofJson("{}")),
                Arguments.of(
                        "801436e0c7889f1df4c7dd56af43f565", SentEvent.on("java").with("message", "Order 17 failed")),
                Arguments.of(
                        "f15513cea3cc5aa5f7cb5df35ade8918",
                        SentEvent.on("java").with("message", "m").with("checksum", "mine")),
                Arguments.of(
                        "f5255650c025b40605a2e03972593131",
                        SentEvent.ofJson("{\"fingerprint\":[\"a\",\"{{ default }}\"],\"message\":\"m\"}")),
                Arguments.of(
                        "c04b323b06d43fa7860511912b53e60f",
                        SentEvent.thrown("python", "ValueError: v", "shop.cart #pay | raise ValueError(\"v\")")),
                Arguments.of(
                        "2b43fc5f217e16f9ac37a96fe01ba68d",
                        SentEvent.thrown(
                                "javascript",
                                "TypeError: x is not a function",
                                "@https://a.example/app.1a2b3c4d.js #Cart.pay")),
                Arguments.of(
                        "a58d9d50bf7da5454446d96065ebe22c",
                        SentEvent.thrown("java", "IOException: v", "shop.Cart #lambda$pay$1")
                                .exception("ExecutionException", "shop.Web #handle")),
                Arguments.of(
                        "9e8e5936a40adb886214343f575d353f",
                        SentEvent.thrown("go", "*errors.errorString: cart 17 is gone", "shop/cart #(*Cart).Pay")),
                Arguments.of(
                        "b98c902f77c3623b9b72e9414577dc2c",
                        SentEvent.thrown("csharp", "E: v", "Shop.Cart+<Pay>d__5 #MoveNext")),
                Arguments.of(
                        "133b03a6a8aad583bda388314f8e7b30",
                        SentEvent.thrown("native", "SIGSEGV", "-#pay(int)\n-#abort")),
                Arguments.of(
                        "98882af1549bddd9c89cfc06035a756a",
                        SentEvent.thrown("ruby", "SystemStackError", "@tree.rb #walk\n".repeat(30))),
                Arguments.of(
                        "8a8c11359445ed559d57dc0ef91162be",
                        SentEvent.ofJson(
                                "{\"csp\":{\"effective_directive\":\"img-src\",\"blocked_uri\":\"https://e.example/a\"}}")),
                Arguments.of(
                        "54ee2219a033a3423202ac7aea979120",
                        SentEvent.ofJson(
                                "{\"message\":\"m\",\"threads\":[{\"crashed\":true,\"stacktrace\":{\"frames\":[{\"function\":\"f\"}]}}]}")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyKindOfEventKeepsTheHashItAlwaysHad(String hex, SentEvent event) {
        assertThat(event.hash()).isEqualTo(hex);
    }
}
