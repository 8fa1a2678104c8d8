package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors that look alike and are not. */
class FramesOfTwoBugsTest {

    static Stream<Arguments> pairs() {
        return Stream.of(
                of(
                        "python",
                        "two statements of one function",
                        "ValueError: bad",
                        "shop.cart #pay | raise ValueError(\"bad\")",
                        "ValueError: bad",
                        "shop.cart #pay | raise ValueError(f\"bad {x}\")"),
                of(
                        "python",
                        "the top of two scripts",
                        "ValueError: bad",
                        "__main__@one.py #<module>".replace("__main__", ""),
                        "ValueError: bad",
                        "@two.py #<module>"),
                of(
                        "python",
                        "two types in one function",
                        "ValueError: bad",
                        "shop.cart #pay",
                        "KeyError: bad",
                        "shop.cart #pay"),
                of(
                        "python",
                        "two functions",
                        "ValueError: bad",
                        "shop.cart #pay",
                        "ValueError: bad",
                        "shop.cart #refund"),
                of(
                        "python",
                        "a message that was handed in",
                        "AppError: cart is empty",
                        "shop.cart #fail | raise AppError(message)",
                        "AppError: card was declined",
                        "shop.cart #fail | raise AppError(message)"),
                of(
                        "python",
                        "two statuses of one call",
                        "HTTPError: 404 Client Error",
                        "shop.api #get | response.raise_for_status()",
                        "HTTPError: 500 Server Error",
                        "shop.api #get | response.raise_for_status()"),
                of(
                        "java",
                        "two throws of one method",
                        "IllegalStateException: cart is empty",
                        "shop.Cart #pay",
                        "IllegalStateException: card was declined",
                        "shop.Cart #pay"),
                of("java", "two packages", "E: v", "shop.a.Validator #validate", "E: v", "shop.b.Validator #validate"),
                of(
                        "java",
                        "two null pointers of one method",
                        "NullPointerException: Cannot invoke \"shop.User.name()\" because \"user\" is null",
                        "shop.Cart #pay",
                        "NullPointerException: Cannot invoke \"shop.Card.number()\" because \"card\" is null",
                        "shop.Cart #pay"),
                of(
                        "javascript",
                        "two anonymous functions",
                        "Error: v",
                        "@webpack:///src/cart.ts #? | throw new Error('a')",
                        "Error: v",
                        "@webpack:///src/cart.ts #? | throw new Error('b')"),
                of(
                        "javascript",
                        "two failures of one minified file",
                        "TypeError: Cannot read properties of undefined (reading 'total')",
                        "@https://a.example/app.1a2b3c4d.js #t",
                        "TypeError: Cannot read properties of undefined (reading 'items')",
                        "@https://a.example/app.1a2b3c4d.js #t"),
                of(
                        "javascript",
                        "two functions that are none",
                        "TypeError: cart.total is not a function",
                        "@https://a.example/app.js #pay",
                        "TypeError: cart.items is not a function",
                        "@https://a.example/app.js #pay"),
                of(
                        "node",
                        "two files of one name",
                        "Error: v",
                        "@/srv/src/cart/index.js #handler",
                        "Error: v",
                        "@/srv/src/user/index.js #handler"),
                of(
                        "go",
                        "texts of one class",
                        "*errors.errorString: cart is empty",
                        "main #main",
                        "*errors.errorString: card was declined",
                        "main #main"),
                of(
                        "ruby",
                        "two methods of one file",
                        "RuntimeError: v",
                        "@app/models/cart.rb #pay",
                        "RuntimeError: v",
                        "@app/models/cart.rb #refund"),
                of(
                        "csharp",
                        "two async methods",
                        "E: v",
                        "Shop.Cart+<Pay>d__5 #MoveNext",
                        "E: v",
                        "Shop.Cart+<Refund>d__5 #MoveNext"),
                of(
                        "csharp",
                        "two arguments",
                        "ArgumentNullException: Value cannot be null. (Parameter 'cart')",
                        "Shop.Cart #Pay",
                        "ArgumentNullException: Value cannot be null. (Parameter 'user')",
                        "Shop.Cart #Pay"),
                of(
                        "php",
                        "methods of two anonymous classes",
                        "E: v",
                        "@/srv/Job.php #class@anonymous/srv/Job.php:3$1::run",
                        "E: v",
                        "@/srv/Job.php #class@anonymous/srv/Job.php:9$2::stop"),
                of(
                        "elixir",
                        "two clauses",
                        "MatchError: no match of right hand side value: {:error, :timeout}",
                        "Shop.Cart #pay/1",
                        "MatchError: no match of right hand side value: {:error, :closed}",
                        "Shop.Cart #pay/1"),
                of(
                        "rust",
                        "two panics of one function",
                        "panic: called `Option::unwrap()` on a `None` value",
                        "#shop::cart::pay",
                        "panic: index out of bounds: the len is 3 but the index is 5",
                        "#shop::cart::pay"),
                of(
                        "native",
                        "two operators",
                        "E: v",
                        "#shop::Cart::operator<(shop::Cart const&)",
                        "E: v",
                        "#shop::Cart::operator>(shop::Cart const&)"));
    }

    private static Arguments of(
            String platform, String what, String one, String oneFrames, String other, String otherFrames) {
        return Arguments.of(
                platform,
                what,
                SentEvent.thrown(platform, one, oneFrames),
                SentEvent.thrown(platform, other, otherFrames));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("pairs")
    void stayApart(String platform, String what, SentEvent one, SentEvent other) {
        assertThat(other.hash()).isNotEqualTo(one.hash());
    }
}
