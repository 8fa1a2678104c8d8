package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of exceptions that say the same, beside the same frame. */
class ValuesOfOneBugTest {
    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(
                        "java", "IllegalStateException: cart 17 is gone", "IllegalStateException: cart 90321 is gone"),
                Arguments.of("java", "E: user \"ada\" is locked", "E: user \"bob\" is locked"),
                Arguments.of(
                        "java",
                        "NumberFormatException: For input string: \"x\"",
                        "NumberFormatException: For input string: \"y\" (radix 10)"),
                Arguments.of(
                        "java",
                        "ClassCastException: shop.A cannot be cast to shop.B",
                        "ClassCastException: class shop.A cannot be cast to class shop.B (shop.A and shop.B are in unnamed module of loader 'app')"),
                Arguments.of(
                        "java",
                        "NullPointerException: Cannot invoke \"shop.User.name()\" because \"<local4>\" is null",
                        "NullPointerException: Cannot invoke \"shop.User.name()\" because \"user\" is null"),
                Arguments.of("java", "E: Unknown currency: EUR", "E: Unknown currency: USD"),
                Arguments.of("java", "E: limit of worker-3 is reached", "E: limit of c-1200-93 is reached"),
                Arguments.of(
                        "java", "E: Key (email)=(ada) exists for user=ada", "E: Key (email)=(bob) exists for user=bob"),
                Arguments.of(
                        "go",
                        "*errors.errorString: open /tmp/a1/cart.json: no such file",
                        "*errors.errorString: open /srv/b2/cart.json: no such file"),
                Arguments.of(
                        "csharp",
                        "NullReferenceException: Object reference not set to an instance of an object.",
                        "NullReferenceException: Der Objektverweis wurde nicht festgelegt."),
                Arguments.of(
                        "csharp",
                        "ArgumentNullException: Value cannot be null. (Parameter 'cart')",
                        "ArgumentNullException: Value cannot be null.\r\nParameter name: cart"),
                Arguments.of(
                        "javascript",
                        "TypeError: Cannot read properties of undefined (reading 'total')",
                        "TypeError: Cannot read property 'total' of undefined"),
                Arguments.of("javascript", "RangeError: Invalid time value", "RangeError: Invalid Date"),
                Arguments.of(
                        "javascript",
                        "TypeError: Failed to construct 'URL': Invalid URL",
                        "TypeError: URL constructor: x is not a valid URL."),
                Arguments.of(
                        "javascript",
                        "TypeError: Assignment to constant variable.",
                        "TypeError: invalid assignment to const 'x'"),
                Arguments.of(
                        "javascript",
                        "TypeError: Cannot read properties of undefined (reading 'total')",
                        "TypeError: undefined is not an object (evaluating 'cart.total')"),
                Arguments.of(
                        "javascript",
                        "TypeError: Cannot read properties of undefined (reading 'total')",
                        "TypeError: can't access property \"total\", cart is undefined"),
                Arguments.of(
                        "javascript",
                        "TypeError: cart.total is not a function",
                        "TypeError: cart.total is not a function. (In 'cart.total()', 'cart.total' is undefined)"),
                Arguments.of(
                        "javascript",
                        "ReferenceError: cart is not defined",
                        "ReferenceError: Can't find variable: cart"),
                Arguments.of(
                        "javascript",
                        "RangeError: Maximum call stack size exceeded",
                        "InternalError: too much recursion"),
                Arguments.of(
                        "javascript",
                        "TypeError: Failed to fetch",
                        "TypeError: NetworkError when attempting to fetch resource."),
                Arguments.of("javascript", "TypeError: Failed to fetch", "TypeError: Load failed"),
                Arguments.of(
                        "javascript",
                        "SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
                        "SyntaxError: JSON.parse: unexpected character at line 1 column 1 of the JSON data"),
                Arguments.of("native", "E: at 0x7fff1234", "E: at 0x55aa9876"));
    }

    @ParameterizedTest(name = "{0}: {1} / {2}")
    @MethodSource("pairs")
    void meet(String platform, String one, String other) {
        assertThat(texts(platform, other)).isEqualTo(texts(platform, one));
    }

    private static Object texts(String platform, String thrown) {
        return SentEvent.thrown(platform, thrown, "@https://a.example/cart.js #pay")
                .grouped()
                .explanation()
                .hashedTexts();
    }
}
