package dev.resentry.processing.symbolicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileUrlTest {

    @Test
    void triesAllNamesOfAFile() {
        assertThat(FileUrl.candidates("https://shop.example/static/app.js?v=2"))
                .containsExactly(
                        "https://shop.example/static/app.js?v=2",
                        "https://shop.example/static/app.js",
                        "~/static/app.js?v=2",
                        "~/static/app.js");
        assertThat(FileUrl.candidates("app:///static/app.js"))
                .containsExactly("app:///static/app.js", "~/static/app.js");
        assertThat(FileUrl.candidates("/srv/app.js")).containsExactly("/srv/app.js", "~/srv/app.js");
        assertThat(FileUrl.candidates("app.js")).containsExactly("app.js", "~/app.js");
        assertThat(FileUrl.candidates("~/app.js")).isEqualTo(List.of("~/app.js"));
    }

    @ParameterizedTest
    @CsvSource({
        "async https://shop.example/app.js, https://shop.example/app.js",
        "https://shop.example/app.js#top, https://shop.example/app.js",
    })
    void leavesAwayWhatIsNoPartOfTheName(String path, String url) {
        assertThat(FileUrl.clean(path)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<anonymous>",
                "[native code]",
                "native",
                "node:internal/timers",
                "chrome-extension://a/b.js",
                "eval"
            })
    void knowsWhatIsNoFile(String path) {
        assertThat(FileUrl.isFile(path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/static/app.js, app.js.map, https://shop.example/static/app.js.map",
        "https://shop.example/static/app.js, ../maps/app.map, https://shop.example/maps/app.map",
        "https://shop.example/static/app.js, /maps/app.map, https://shop.example/maps/app.map",
        "https://shop.example/app.js?a=/b/, app.map, https://shop.example/app.map",
        "https://shop.example/a.js, //maps.example/a.map, https://maps.example/a.map",
        "https://shop.example/a.js, https://maps.example/a.map, https://maps.example/a.map",
        "~/static/app.js, app.js.map, ~/static/app.js.map",
        "~/static/app.js, ./../app.js.map, ~/app.js.map",
        "~/app.js, ../../../app.js.map, ~/app.js.map",
        "dist/app.js, ../src/a.ts, src/a.ts",
        "app.js, ../src/a.ts, ../src/a.ts",
    })
    void joinsReferences(String base, String reference, String url) {
        assertThat(FileUrl.resolve(base, reference)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "webpack:///./src/cart.js, , ./src/cart.js, src/cart, true",
        "webpack://shop/./src/cart.js, , ./src/cart.js, src/cart, true",
        "webpack:///./src/App.vue?8f2a, , ./src/App.vue, src/App, true",
        "webpack:///src/App.vue, , src/App.vue, src/App, ",
        "webpack:///./~/react/index.js, , ~/react/index.js, react/index, false",
        "webpack:///~/react/index.js, , ~/react/index.js, react/index, false",
        "webpack:///./node_modules/react/index.js, , ./node_modules/react/index.js, node_modules/react/index, false",
        "webpack:///webpack/bootstrap, , webpack/bootstrap, webpack/bootstrap, false",
        "webpack:///external \"react\", , external \"react\", external \"react\", false",
        "turbopack:///[project]/src/page.tsx, , src/page.tsx, src/page, ",
        "turbopack:///[project]/node_modules/a/b.js, , node_modules/a/b.js, node_modules/a/b, false",
        "../src/cart.ts, https://shop.example/assets/app.js.map, /src/cart.ts, src/cart, ",
        "../src/cart.ts, ~/assets/app.js.map, /src/cart.ts, src/cart, ",
        "../src/cart.ts, '', ../src/cart.ts, src/cart, ",
        "app:///dist/node_modules/x.js, '', /dist/node_modules/x.js, dist/node_modules/x, false",
        "app:///src/x.js, '', /src/x.js, src/x, true",
    })
    void namesOriginalFiles(String source, String base, String name, String module, Boolean inApp) {
        OriginalFile file = OriginalFile.of(source, base == null ? "" : base);

        assertThat(file.name()).isEqualTo(name);
        assertThat(file.module()).isEqualTo(module);
        assertThat(file.inApp()).isEqualTo(inApp);
    }
}
