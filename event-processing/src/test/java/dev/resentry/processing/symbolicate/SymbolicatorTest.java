package dev.resentry.processing.symbolicate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.artifact.CodeFile.Kind;
import dev.resentry.processing.sourcemap.SourceMapLimits;
import dev.resentry.processing.symbolicate.Resolution.By;
import dev.resentry.processing.symbolicate.Resolution.Original;
import dev.resentry.processing.symbolicate.Resolution.Unresolved;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolicatorTest {
    private static final String URL = "https://shop.example/static/app.js";
    private static final UUID DEBUG_ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17");

    // 1:1 is line 3 of a.js, called pay; 1:11 is line 2 of a.js.
    private static final String MAP = """
            {"version":3,"sources":["../src/a.js"],"names":["pay"],"mappings":"AAEAA,UADA",
             "sourcesContent":["one\\ntwo\\nthree\\nfour"]}
            """;

    private final ReadFiles read = new ReadFiles(1 << 20, SourceMapLimits.DEFAULT);
    private final UploadedFiles files = new UploadedFiles();

    private Resolution resolve(MinifiedFrame frame) {
        return resolve(List.of(frame), UploadedFiles.RELEASE, null).getFirst();
    }

    private List<Resolution> resolve(List<MinifiedFrame> stack, String release, String dist) {
        return new Symbolicator(read)
                .resolve(List.of(stack), release, dist, files)
                .getFirst();
    }

    private static MinifiedFrame frame(String url) {
        return MinifiedFrame.of(url, 1, 1, "t", null);
    }

    private static Original original(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Original.class);
        return (Original) resolution;
    }

    private static Unresolved unresolved(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Unresolved.class);
        return (Unresolved) resolution;
    }

    @ParameterizedTest
    @CsvSource({
        "vite, no price, shop/lib/format.js, 9, invalid",
        "webpack, no price, ./shop/lib/format.js, 9, invalid",
        "esbuild, no price, /src/shop/lib/format.js, 9, invalid",
        "rollup, no price, shop/lib/format.js, 9, invalid",
        "terser, no price, shop/lib/format.js, 9, invalid",
        "vite, too dear, shop/cart.js, 27, Cart.add",
        "webpack, too dear, ./shop/cart.js, 27, Cart.add",
        "rollup, too dear, shop/cart.js, 27, Cart.add",
        "terser, too dear, shop/cart.js, 27, Cart.add",
        "vite, application/json, shop/prices.js, 11, loadPrices",
        "webpack, application/json, ./shop/prices.js, 11, loadPrices",
        "rollup, application/json, shop/prices.js, 11, loadPrices",
        "rollup, prices answered, shop/prices.js, 3, new PriceError",
        "webpack, CustomEvent, ./shop/main.js, 18, onClick",
    })
    void findsTheOriginalCodeOfBundles(String bundler, String text, String file, int line, String function) {
        byte[] code = UploadedFiles.resource(bundler + ".js");
        files.with(Kind.MINIFIED_SOURCE, "~/static/app.js", null, "app.js.map", code)
                .with(Kind.SOURCE_MAP, "~/static/app.js.map", null, null, UploadedFiles.resource(bundler + ".js.map"));
        if (bundler.equals("esbuild")) {
            // Its map holds no code, so the functions are read from the file.
            files.with(Kind.SOURCE, "https://shop.example/src/shop/lib/format.js", FORMAT);
        }
        String before = new String(code, UTF_8).split(text, 2)[0];
        int lineStart = before.lastIndexOf('\n') + 1;
        int number = (int) before.chars().filter(c -> c == '\n').count() + 1;

        Original found = original(resolve(MinifiedFrame.of(URL, number, before.length() - lineStart + 1, "t", null)));

        assertThat(found.file()).endsWith(file);
        assertThat(found.line()).isEqualTo(line);
        assertThat(found.function()).isEqualTo(function);
        assertThat(found.context()).isNotNull();
        assertThat(found.context().line()).contains(text);
        assertThat(found.by()).isEqualTo(By.RELEASE);
    }

    private static final String FORMAT =
            "\n".repeat(7) + "function invalid(value) {\n  throw new RangeError('no price: ' + value);\n}\n";

    @Test
    void needsNoNameWithADebugId() {
        files.with(Kind.SOURCE_MAP, null, DEBUG_ID, null, MAP.getBytes(UTF_8));

        Original found = original(resolve(List.of(new MinifiedFrame(URL, 1, 1, "t", DEBUG_ID)), null, null)
                .getFirst());

        assertThat(found.by()).isEqualTo(By.DEBUG_ID);
        assertThat(found.file()).isEqualTo("/src/a.js");
        assertThat(found.line()).isEqualTo(3);
        assertThat(found.column()).isEqualTo(1);
        assertThat(found.context()).isEqualTo(new Resolution.Context(List.of("one", "two"), "three", List.of("four")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/static/app.js",
        "https://shop.example/static/app.js?v=2",
        "https://cdn.example:8080/static/app.js#top",
        "async https://shop.example/static/app.js",
        "app:///static/app.js",
        "/static/app.js",
    })
    void findsAFileUnderItsPathOnAnyHost(String url) {
        files.with(Kind.MINIFIED_SOURCE, "~/static/app.js", "t();//# sourceMappingURL=../maps/app.map")
                .with(Kind.SOURCE_MAP, "~/maps/app.map", MAP);

        assertThat(original(resolve(frame(url))).map()).isEqualTo("~/maps/app.map");
    }

    @Test
    void takesTheHostOnlyForATilde() {
        files.with(Kind.MINIFIED_SOURCE, "~/app.js", "t();//# sourceMappingURL=app.map")
                .with(Kind.SOURCE_MAP, "~/app.map", MAP);

        Unresolved missing = unresolved(resolve(frame(URL)));

        assertThat(missing.problem()).isEqualTo(Problem.MISSING_FILE);
        assertThat(missing.reason())
                .isEqualTo(
                        "Release shop@1 has no file ~/static/app.js. Upload the file and its source map under that name,"
                                + " or with debug ids.");
        assertThat(missing.lookedFor()).startsWith(URL, "~/static/app.js");
    }

    @Test
    void readsAMapThatStandsInTheFile() {
        String inline = "//# sourceMappingURL=data:application/json;base64,"
                + Base64.getEncoder().encodeToString(MAP.getBytes(UTF_8));
        files.with(Kind.MINIFIED_SOURCE, "~/static/app.js", "t();\n" + inline);

        assertThat(original(resolve(frame(URL))).line()).isEqualTo(3);
    }

    @Test
    void findsAMapThatCameWithoutItsFile() {
        files.with(Kind.SOURCE_MAP, "~/static/app.js.map", MAP);

        assertThat(original(resolve(frame(URL + "?v=2"))).line()).isEqualTo(3);
    }

    @Test
    void prefersTheDistOfTheEvent() {
        files.with(Kind.SOURCE_MAP, "~/static/app.js.map", "{}")
                .withDist(Kind.SOURCE_MAP, "~/static/app.js.map", "7", null, null, MAP.getBytes(UTF_8));

        assertThat(original(resolve(List.of(frame(URL)), UploadedFiles.RELEASE, "7")
                                .getFirst())
                        .line())
                .isEqualTo(3);
        assertThat(unresolved(resolve(frame(URL))).problem()).isEqualTo(Problem.MALFORMED_MAP);
    }

    @Test
    void callsAFunctionWhatItsCallerCallsIt() {
        files.with(Kind.SOURCE_MAP, "~/static/app.js.map", MAP);
        MinifiedFrame caller = MinifiedFrame.of(URL, 1, 1, "a", null);
        MinifiedFrame called = MinifiedFrame.of(URL, 1, 11, "b", null);

        List<Resolution> found = resolve(List.of(caller, called), UploadedFiles.RELEASE, null);

        assertThat(original(found.getFirst()).function()).isEqualTo("a");
        assertThat(original(found.getLast()).function()).isEqualTo("pay");
    }

    @Test
    void readsFunctionMaps() {
        files.with(Kind.FUNCTION_MAP, "~/static/app.js", """
                {"t": "total", "1:7": {"function": "pay", "file": "src/pay.js", "line": 12, "column": 3}}
                """);

        Original byName = original(resolve(MinifiedFrame.of(URL, 1, 1, "t", null)));
        Original byPlace = original(resolve(MinifiedFrame.of(URL, 1, 7, "x", null)));
        Unresolved unknown = unresolved(resolve(MinifiedFrame.of(URL, 1, 8, "x", null)));

        assertThat(byName.function()).isEqualTo("total");
        assertThat(byName.line()).isEqualTo(1);
        assertThat(byPlace.function()).isEqualTo("pay");
        assertThat(byPlace.file()).isEqualTo("src/pay.js");
        assertThat(byPlace.line()).isEqualTo(12);
        assertThat(unknown.problem()).isEqualTo(Problem.NO_MAPPING);
    }

    @Test
    void saysWhatIsMissing() {
        files.with(Kind.MINIFIED_SOURCE, "~/static/plain.js", "t();")
                .with(Kind.MINIFIED_SOURCE, "~/static/lost.js", "t();//# sourceMappingURL=lost.js.map")
                .with(Kind.SOURCE_MAP, "~/static/app.js.map", MAP);

        assertThat(unresolved(resolve(frame("https://shop.example/static/plain.js")))
                        .reason())
                .isEqualTo("The file ~/static/plain.js does not tell its source map, neither in its upload nor in a"
                        + " sourceMappingURL comment.");
        assertThat(unresolved(resolve(frame("https://shop.example/static/lost.js")))
                        .reason())
                .isEqualTo("The file ~/static/lost.js says that its source map is ~/static/lost.js.map, which release"
                        + " shop@1 does not have. Upload it.");
        assertThat(unresolved(resolve(MinifiedFrame.of(URL, 1, 0, "t", null))).problem())
                .isEqualTo(Problem.NO_COLUMN);
        assertThat(unresolved(resolve(MinifiedFrame.of(URL, 9, 9, "t", null))).reason())
                .isEqualTo("The source map ~/static/app.js.map tells nothing of 9:9. It may be of another build.");
        assertThat(unresolved(resolve(List.of(frame(URL)), null, null).getFirst())
                        .reason())
                .contains("neither a release nor a debug id");
        assertThat(unresolved(resolve(List.of(new MinifiedFrame(URL, 1, 1, "t", DEBUG_ID)), null, null)
                                .getFirst())
                        .reason())
                .contains("no source map with debug id " + DEBUG_ID);
        assertThat(resolve(frame("<anonymous>"))).isInstanceOf(Resolution.NoFile.class);
    }

    @Test
    void readsAMapOnceAndAsksLittle() {
        files.with(Kind.MINIFIED_SOURCE, "~/static/app.js", "t();//# sourceMappingURL=app.map")
                .with(Kind.SOURCE_MAP, "~/static/app.map", MAP);

        for (int i = 0; i < 10; i++) {
            original(resolve(List.of(frame(URL), frame(URL), frame("https://shop.example/b.js")), "shop@1", null)
                    .getFirst());
        }

        assertThat(files.reads).isEqualTo(2);
        assertThat(files.questions).isLessThanOrEqualTo(20);
    }

    @Test
    void asksOnceForAllFilesThatMapsDoNotHold() {
        files.with(Kind.SOURCE_MAP, "~/static/app.js.map", """
                        {"version":3,"sources":["a.js","b.js","c.js"],"mappings":"AAAA,CCAA,CCAA"}
                        """)
                .with(Kind.SOURCE, "~/static/b.js", "function pay() { return 1; }");
        List<MinifiedFrame> stack = List.of(
                MinifiedFrame.of(URL, 1, 1, "a", null),
                MinifiedFrame.of(URL, 1, 2, "b", null),
                MinifiedFrame.of(URL, 1, 3, "c", null));

        List<Resolution> found = resolve(stack, UploadedFiles.RELEASE, null);

        assertThat(original(found.get(1)).context()).isNotNull();
        assertThat(original(found.get(2)).context()).isNull();
        assertThat(files.questions).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsUsedLeastWhenThereIsTooMuch() {
        ReadFiles small = new ReadFiles(1_000, SourceMapLimits.DEFAULT);
        for (int i = 0; i < 10; i++) {
            files.with(Kind.SOURCE_MAP, "~/" + i + ".js.map", MAP + " ".repeat(i));
        }
        for (int i = 0; i < 10; i++) {
            new Symbolicator(small)
                    .resolve(List.of(List.of(frame("/" + i + ".js"))), UploadedFiles.RELEASE, null, files);
        }
        files.reads = 0;

        new Symbolicator(small).resolve(List.of(List.of(frame("/0.js"))), UploadedFiles.RELEASE, null, files);

        assertThat(files.reads).isEqualTo(1);
    }

    @Test
    void refusesMapsBeyondTheLimitWithoutReadingThem() {
        files.with(Kind.SOURCE_MAP, "~/static/app.js.map", MAP);
        ReadFiles small = new ReadFiles(1_000, new SourceMapLimits(100, 100));

        Resolution found = new Symbolicator(small)
                .resolve(List.of(List.of(frame(URL))), UploadedFiles.RELEASE, null, files)
                .getFirst()
                .getFirst();

        assertThat(unresolved(found).problem()).isEqualTo(Problem.MALFORMED_MAP);
        assertThat(files.reads).isZero();
    }

    @Test
    void keepsTheNewestMapThatAloneIsLargerThanWhatIsKept() {
        files.with(Kind.SOURCE_MAP, "~/static/app.js.map", MAP);
        ReadFiles tiny = new ReadFiles(10, SourceMapLimits.DEFAULT);

        for (int i = 0; i < 5; i++) {
            original(new Symbolicator(tiny)
                    .resolve(List.of(List.of(frame(URL))), UploadedFiles.RELEASE, null, files)
                    .getFirst()
                    .getFirst());
        }

        assertThat(files.reads).isEqualTo(1);
    }

    @Test
    void readsNoMoreMapsForAnEventThanThereIsRoomForAndThoseNearestToTheCrashFirst() {
        for (int i = 0; i < 4; i++) {
            files.with(Kind.SOURCE_MAP, "~/" + i + ".js.map", MAP + " ".repeat(i));
        }
        List<MinifiedFrame> stack = List.of(
                frame("https://shop.example/0.js"),
                frame("https://shop.example/1.js"),
                frame("https://shop.example/2.js"),
                frame("https://shop.example/3.js"),
                frame("https://shop.example/2.js"));

        List<Resolution> byNumber = new Symbolicator(read, new HeldMaps.Limit(2, 1 << 20))
                .resolve(List.of(stack), UploadedFiles.RELEASE, null, files)
                .getFirst();
        List<Resolution> byMemory = new Symbolicator(read, new HeldMaps.Limit(50, MAP.length() + 300))
                .resolve(List.of(stack), UploadedFiles.RELEASE, null, files)
                .getFirst();

        assertThat(byNumber.subList(2, 5)).allMatch(Original.class::isInstance);
        assertThat(byNumber.subList(0, 2)).allSatisfy(one -> {
            assertThat(unresolved(one).problem()).isEqualTo(Problem.TOO_MANY_MAPS);
            assertThat(unresolved(one).reason()).contains("(limit: 2)");
        });
        assertThat(byMemory.get(4)).isInstanceOf(Original.class);
        assertThat(unresolved(byMemory.getFirst()).problem()).isEqualTo(Problem.TOO_MANY_MAPS);
        assertThat(unresolved(byMemory.getFirst()).reason()).contains("more memory than one event may have");
    }

    @Test
    void functionMapsAreBoundedWithTheOthers() {
        files.with(Kind.SOURCE_MAP, "~/0.js.map", MAP).with(Kind.FUNCTION_MAP, "~/1.js", "{\"t\": \"pay\"}");
        List<MinifiedFrame> stack = List.of(frame("https://shop.example/1.js"), frame("https://shop.example/0.js"));

        List<Resolution> found = new Symbolicator(read, new HeldMaps.Limit(1, 1 << 20))
                .resolve(List.of(stack), UploadedFiles.RELEASE, null, files)
                .getFirst();

        assertThat(unresolved(found.getFirst()).problem()).isEqualTo(Problem.TOO_MANY_MAPS);
        assertThat(found.getLast()).isInstanceOf(Original.class);
    }

    @Test
    void tellsEachNameOnceUnderWhichAMapWasLookedFor() {
        files.with(Kind.MINIFIED_SOURCE, "~/static/app.js", null, "app.js.map", "t()".getBytes(UTF_8));

        assertThat(unresolved(resolve(frame(URL + "?v=1"))).lookedFor())
                .doesNotHaveDuplicates()
                .contains("~/static/app.js", "~/static/app.js.map");
    }
}
