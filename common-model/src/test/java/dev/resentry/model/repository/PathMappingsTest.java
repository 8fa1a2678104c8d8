package dev.resentry.model.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class PathMappingsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # from        , to             , path                                           , expected
            /usr/src/app/ , ''             , /usr/src/app/shop/cart.py                      , shop/cart.py
            /usr/src/app  , ''             , /usr/src/app/shop/cart.py                      , shop/cart.py
            /usr/src/app  , backend        , /usr/src/app/shop/cart.py                      , backend/shop/cart.py
            /usr/src/app/ , backend/       , /usr/src/app/shop/cart.py                      , backend/shop/cart.py
            C:\\app       , ''             , C:\\app\\Shop\\Cart.cs                         , Shop/Cart.cs
            /static/      , web/src        , https://shop.example/static/cart.js?v=7#x      , web/src/cart.js
            /             , ''             , app:///dist/main.js                            , dist/main.js
            ''            , src/main/java  , shop/Cart.java                                 , src/main/java/shop/Cart.java
            ./src         , web/src        , ./src/cart.ts                                  , web/src/cart.ts
            webpack:///   , web            , webpack:///./src/cart.ts                       , web/src/cart.ts
            """)
    void theBeginningOfAPathBecomesAFolder(String from, String to, String path, String expected) {
        assertThat(mappings(new PathMapping(from, to)).sourcePath(path)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /usr/src/app, /usr/src/application/cart.py
            ''          , /usr/src/app/cart.py
            /app        , /usr/app/cart.py
            """)
    void aPathThatBeginsOtherwiseHasNoFile(String from, String path) {
        assertThat(mappings(new PathMapping(from, "x")).sourcePath(path)).isEmpty();
    }

    @Test
    void theLongestBeginningHolds() {
        PathMappings mappings = mappings(
                new PathMapping("/app", "a"), new PathMapping("/app/lib", "b"), new PathMapping("/app/l", "c"));

        assertThat(mappings.sourcePath("/app/lib/x.py")).contains("b/x.py");
    }

    @Test
    void withoutAMappingARelativePathIsAFileAsItIs() {
        assertThat(PathMappings.NONE.sourcePath("shop/cart.py")).contains("shop/cart.py");
        assertThat(PathMappings.NONE.sourcePath("/shop/cart.py")).isEmpty();
        assertThat(PathMappings.NONE.sourcePath("C:\\shop\\cart.cs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../secret.py",
                "a/../../b.py",
                "<anonymous>",
                "[native code]",
                "node_modules/react/index.js",
                "lib/site-packages/django/x.py",
                "a\u0000b.py",
                "shop/"
            })
    void whatLeadsToNoFileOfTheRepositoryHasNone(String path) {
        assertThat(PathMappings.NONE.sourcePath(path)).isEmpty();
        assertThat(mappings(new PathMapping("", "src")).sourcePath(path)).isEmpty();
    }

    @Test
    void aFileThatIsMappedOutOfTheRepositoryIsNone() {
        assertThat(mappings(new PathMapping("/app", "../other")).sourcePath("/app/x.py"))
                .isEmpty();
    }

    @Test
    void aFrameIsFoundByItsWholePathIfAMappingKnowsItElseByItsRelativeFile() {
        Frame frame = frame("shop/cart.py", "/usr/src/app/shop/cart.py", "shop.cart");

        assertThat(PathMappings.NONE.sourcePath(frame)).contains("shop/cart.py");
        assertThat(mappings(new PathMapping("/usr/src/app", "backend")).sourcePath(frame))
                .contains("backend/shop/cart.py");
        assertThat(mappings(new PathMapping("/srv", "x")).sourcePath(frame)).contains("shop/cart.py");
    }

    @Test
    void aFrameOfJavaHasTheFolderOfItsPackage() {
        Frame frame = frame("Cart.java", "Cart.java", "com.acme.shop.Cart$Item");

        assertThat(mappings(new PathMapping("", "src/main/java")).sourcePath(frame))
                .contains("src/main/java/com/acme/shop/Cart.java");
        assertThat(mappings(new PathMapping("com/acme", "shop/src")).sourcePath(frame))
                .contains("shop/src/shop/Cart.java");
    }

    @Test
    void aFrameWithoutAFileHasNone() {
        assertThat(PathMappings.NONE.sourcePath(frame("<anonymous>", "", "shop.cart")))
                .isEmpty();
        assertThat(PathMappings.NONE.sourcePath(frame("", "", "shop.cart"))).isEmpty();
    }

    private static PathMappings mappings(PathMapping... mappings) {
        return new PathMappings(List.of(mappings));
    }

    private static Frame frame(String filename, String absPath, String module) {
        return new Frame(JsonNodeFactory.instance
                .objectNode()
                .put("filename", filename)
                .put("abs_path", absPath)
                .put("module", module));
    }
}
