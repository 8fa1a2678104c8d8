package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processing.group.GroupingExplanation.DecidingRule;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingTest {
    private static final String CART = "shop.Cart #pay";

    @Test
    void framesOfTheProgramDecideIfThereAreAny() {
        String one = hash("E: v", "-lib.A #x\nshop.Cart #pay\n-lib.C #z");
        String other = hash("E: v", "-lib.B #y\nshop.Cart #pay");

        assertThat(one).isEqualTo(other);
    }

    @Test
    void theSecondHashSeesAllFrames() {
        GroupingResult flagged =
                SentEvent.thrown("java", "E", "-lib.A #x\nshop.Cart #pay").grouped();
        GroupingResult otherwise =
                SentEvent.thrown("java", "E", "lib.A #x\n-shop.Cart #pay").grouped();

        assertThat(flagged.primary()).isNotEqualTo(otherwise.primary());
        assertThat(flagged.secondary()).isEqualTo(otherwise.secondary()).isNotNull();
        assertThat(SentEvent.on("java").with("message", "m").grouped().secondary())
                .isNull();
    }

    @Test
    void theWayToTheFailingFunctionDoesNotCount() {
        String byRequest = hash("E: v", "shop.Web #handle\nshop.Cart #total\nshop.Price #of");
        String byJob = hash("E: v", "shop.Job #run\nshop.Job #step\nshop.Cart #total\nshop.Price #of");

        assertThat(byRequest).isEqualTo(byJob);
        assertThat(hash("E: v", "shop.Web #handle\nshop.Cart #total\nshop.Price #parse"))
                .isNotEqualTo(byJob);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requireName", "require_name", "assertThat", "query", "fail"})
    void aFunctionThatServesManySaysLittleWithoutItsCaller(String helper) {
        assertThat(hash("E: v", "shop.Cart #total\nshop.Tools #" + helper))
                .isNotEqualTo(hash("E: v", "shop.Bill #total\nshop.Tools #" + helper));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 40, 900})
    void anOverflowIsTheSameAtAnyDepth(int depth) {
        String cycle = "shop.Tree #even\nshop.Tree #odd\n";

        assertThat(hash("StackOverflowError", "shop.Tree #start\n" + cycle.repeat(depth) + "shop.Tree #even"))
                .isEqualTo(hash("StackOverflowError", cycle.repeat(20)))
                .isNotEqualTo(hash("StackOverflowError", "shop.Tree #walk\n".repeat(20)));
    }

    @ParameterizedTest
    @CsvSource({
        "ExecutionException",
        "CompletionException",
        "InvocationTargetException",
        "ServletException",
        "System.AggregateException"
    })
    void aWrapperNeverDecides(String wrapper) {
        SentEvent bare = SentEvent.thrown("java", "IOException: disk full", "shop.Web #handle\n" + CART);
        SentEvent wrapped = SentEvent.thrown("java", "IOException: disk full", "shop.Web #handle\n" + CART)
                .exception(wrapper + ": java.io.IOException: disk full", "shop.Web #handle\nshop.Pool #wait");
        SentEvent other = SentEvent.thrown("java", "IOException: disk full", "shop.Web #handle\nshop.Bill #send")
                .exception(wrapper + ": java.io.IOException: disk full", "shop.Web #handle\nshop.Pool #wait");

        assertThat(wrapped.hash()).isEqualTo(bare.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void aWrapperWithTheOnlyStackLendsItToItsCause() {
        SentEvent one = SentEvent.thrown("go", "*errors.errorString: EOF", "")
                .exception("*fmt.wrapError: read: EOF", "shop/a #Read");
        SentEvent other = SentEvent.thrown("go", "*errors.errorString: EOF", "")
                .exception("*fmt.wrapError: read: EOF", "shop/b #Read");

        assertThat(one.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void withoutAnythingElsePlatformLoggerLevelAndPlaceCount() {
        assertThat(SentEvent.on("java").with("transaction", "GET /a").hash())
                .isEqualTo(SentEvent.on("java")
                        .with("transaction", "GET /a")
                        .with("extra", "x")
                        .hash())
                .isNotEqualTo(SentEvent.on("java").with("transaction", "GET /b").hash())
                .isNotEqualTo(SentEvent.on("node").with("transaction", "GET /a").hash());
    }

    @Test
    void aMessageIsGroupedByItsTemplate() {
        String apple = "{\"logentry\":{\"message\":\"Order %s rejected\",\"params\":[\"apple\"]}}";

        assertThat(SentEvent.ofJson(apple).hash())
                .isEqualTo(SentEvent.ofJson(apple.replace("apple", "pear")).hash());
        assertThat(SentEvent.ofJson(apple).hash())
                .isNotEqualTo(
                        SentEvent.ofJson(apple.replace("rejected", "sent")).hash());
    }

    @Test
    void messagesOfOnePlaceStayApartByTheirTexts() {
        String one =
                "{\"message\":\"cart %s\",\"threads\":[{\"current\":true,\"stacktrace\":{\"frames\":[{\"function\":\"log\"}]}}]}";

        assertThat(SentEvent.ofJson(one.formatted("1 is empty")).hash())
                .isEqualTo(SentEvent.ofJson(one.formatted("2 is empty")).hash())
                .isNotEqualTo(SentEvent.ofJson(one.formatted("1 is full")).hash());
    }

    @Test
    void aChecksumDecidesAlone() {
        String hex = "0123456789ABCDEF0123456789abcdef";

        assertThat(SentEvent.on("java").with("checksum", hex).hash()).isEqualTo(hex.toLowerCase(Locale.ROOT));
        assertThat(SentEvent.on("java")
                        .with("checksum", "mine")
                        .with("message", "a")
                        .hash())
                .isEqualTo(SentEvent.on("node")
                        .with("checksum", "mine")
                        .with("message", "b")
                        .hash());
    }

    @ParameterizedTest
    @CsvSource({
        "ChunkLoadError: Loading chunk 175 failed., ChunkLoadError: Loading chunk 23 failed.",
        "ChunkLoadError: x, TypeError: Failed to fetch dynamically imported module: https://a.example/b.js",
        "TypeError: Importing a module script failed., TypeError: error loading dynamically imported module: https://a.example/c.js"
    })
    void partsThatAreGoneAreOneIssue(String one, String other) {
        assertThat(SentEvent.thrown("javascript", one, "@https://a.example/a.js #openCart")
                        .hash())
                .isEqualTo(SentEvent.thrown("javascript", other, "@https://a.example/b.js #showMap")
                        .hash())
                .isNotEqualTo(SentEvent.thrown(
                                "javascript", "TypeError: x is not a function", "@https://a.example/a.js #openCart")
                        .hash());
    }

    @Test
    void hydrationErrorsAreOneIssueOfEachPage() {
        String minified = "Error: Minified React error #%d; visit https://react.dev/errors/%d";

        assertThat(hydration(minified.formatted(418, 418), "/cart"))
                .isEqualTo(hydration(minified.formatted(425, 425), "/cart"))
                .isNotEqualTo(hydration(minified.formatted(418, 418), "/home"))
                .isNotEqualTo(hydration(minified.formatted(31, 31), "/cart"));
    }

    private static String hydration(String thrown, String transaction) {
        return SentEvent.thrown("javascript", thrown, "@https://a.example/r.js #render")
                .with("transaction", transaction)
                .hash();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'effective_directive':'script-src','blocked_uri':'https://evil.example/a.js'} | {'violated_directive':'script-src self','blocked_uri':'https://evil.example/b.js?x'} | true",
                "{'effective_directive':'script-src','blocked_uri':'https://evil.example/a.js'} | {'effective_directive':'img-src','blocked_uri':'https://evil.example/a.js'} | false",
                "{'effective_directive':'script-src','blocked_uri':'inline'} | {'effective_directive':'script-src','blocked_uri':'self'} | true",
                "{'effective_directive':'script-src','blocked_uri':'https://evil.example/a.js'} | {'effective_directive':'script-src','blocked_uri':'https://other.example/a.js'} | false",
                "{'effective_directive':'img-src','blocked_uri':'data:abc'} | {'effective_directive':'img-src','blocked_uri':'data'} | true"
            },
            quoteCharacter = '`')
    void reportsOfAPolicyGoByDirectiveAndHost(String one, String other, boolean same) {
        String report = "{\"csp\":%s}";

        boolean met = SentEvent.ofJson(report.formatted(one.replace('\'', '"')))
                .hash()
                .equals(SentEvent.ofJson(report.formatted(other.replace('\'', '"')))
                        .hash());

        assertThat(met).isEqualTo(same);
    }

    @Test
    void theExplanationSaysWhatCountedAndWhyOtherPartsDidNot() {
        GroupingResult result = SentEvent.thrown("java", "E: v 17", "-java.lang.Thread #run\nshop.Cart #lambda$pay$3")
                .grouped();

        assertThat(result.explanation().hashedTexts())
                .containsExactly(
                        "(exception",
                        "type",
                        "E",
                        "(stacktrace",
                        "(frame",
                        "unit",
                        "shop.Cart",
                        "function",
                        "pay$lambda",
                        ")",
                        ")",
                        "value",
                        "v <num>",
                        ")");
        assertThat(result.explanation().toJson().toString())
                .contains(
                        "\"hint\":\"was: lambda$pay$3\"",
                        "not in app (built-in: package of a library or the platform)",
                        "\"index\":0");
        assertThat(result.explanation().variant()).isEqualTo("app");
        assertThat(result.explanation().rule()).isNull();
    }

    @Test
    void theExplanationNamesTheRuleThatDecided() {
        var result = SentEvent.thrown("javascript", "ChunkLoadError: gone", "").grouped();

        assertThat(result.explanation().rule())
                .isEqualTo(
                        new DecidingRule("built-in", 2, "family:javascript type:ChunkLoadError -> chunk-load-error"));
        assertThat(result.explanation().others()).singleElement().matches(other -> !other.contributes());
    }

    private static String hash(String thrown, String frames) {
        return SentEvent.thrown("java", thrown, frames).hash();
    }
}
