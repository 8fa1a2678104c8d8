package dev.resentry.processing.sourcemap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceMapTest {
    // Column 0 to line 0, column 0 of the first source; column 8 to line 1, column 4 of the second one, named.
    private static final String TWO = "AAAA,QCCIA";

    private static SourceMap read(String json) {
        return BundleFixture.read(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static String map(String fields) {
        return "{'version':3,'sources':['a.js','b.js'],'names':['add'],'mappings':'" + TWO + "'" + fields + "}";
    }

    @Test
    void takesTheNearestMappingInFrontOnTheSameLine() {
        SourceMap map = read(map(""));

        assertThat(map.lookup(0, 7)).contains(new OriginalPosition(0, "a.js", 0, 0, null, false));
        assertThat(map.lookup(0, 8)).contains(new OriginalPosition(1, "b.js", 1, 4, "add", false));
        assertThat(map.lookup(0, Integer.MAX_VALUE)).contains(new OriginalPosition(1, "b.js", 1, 4, "add", false));
        assertThat(map.lookup(1, 0)).isEmpty();
        assertThat(map.lookup(-1, -1)).isEmpty();
    }

    @Test
    void saysNothingOfCodeThatIsOfNoOriginalFile() {
        SourceMap map = read("{'version':3,'sources':['a.js'],'mappings':'AAAA,Q,EAAA'}");

        assertThat(map.lookup(0, 9)).isEmpty();
        assertThat(map.lookup(0, 10)).isPresent();
    }

    @Test
    void ordersTheMappingsOfALine() {
        SourceMap map = read("{'version':3,'sources':['a.js'],'mappings':'UAAU,RAAR;'}");

        assertThat(map.lookup(0, 9)).map(OriginalPosition::column).contains(2);
        assertThat(map.lookup(0, 10)).map(OriginalPosition::column).contains(10);
    }

    @ParameterizedTest
    @CsvSource({
        "src, src/a.js",
        "src/, src/a.js",
        "https://shop.example/src, https://shop.example/src/a.js",
        "'', a.js",
    })
    void putsTheRootInFrontOfFiles(String root, String file) {
        assertThat(read(map(",'sourceRoot':'" + root + "'")).lookup(0, 0))
                .map(OriginalPosition::file)
                .contains(file);
    }

    @Test
    void leavesWholeNamesOfFilesAsTheyAre() {
        String json = "{'version':3,'sourceRoot':'src','sources':['webpack://shop/./a.js','/b.js',null],"
                + "'mappings':'AAAA,CCAA,CCAA'}";

        SourceMap map = read(json);

        assertThat(map.lookup(0, 0)).map(OriginalPosition::file).contains("webpack://shop/./a.js");
        assertThat(map.lookup(0, 1)).map(OriginalPosition::file).contains("/b.js");
        assertThat(map.lookup(0, 2)).map(OriginalPosition::file).isEmpty();
    }

    @Test
    void holdsTheTextOfThoseFilesThatItHolds() {
        SourceMap map = read(map(",'sourcesContent':['let a = \\u0027💰\\u0027;\\n',null]"));

        assertThat(map.content(0)).contains("let a = '💰';\n");
        assertThat(map.content(1)).isEmpty();
        assertThat(read(map("")).content(0)).isEmpty();
        assertThat(read(map(",'sourcesContent':['only']")).content(1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ignoreList", "x_google_ignoreList"})
    void knowsWhatIsOfALibrary(String field) {
        SourceMap map = read(map(",'" + field + "':[1,77]"));

        assertThat(map.lookup(0, 0)).map(OriginalPosition::ignored).contains(false);
        assertThat(map.lookup(0, 8)).map(OriginalPosition::ignored).contains(true);
    }

    @Test
    void readsSectionsEachUntilTheNextOneBegins() {
        String section = "{'offset':{'line':%d,'column':%d},'map':{'version':3,'sources':['%s'],'names':['%s'],"
                + "'sourceRoot':'%s','sourcesContent':['of %s'],'ignoreList':[%s],'mappings':'AAAAA;AACA;AACA'}}";
        String json = "{'version':3,'file':'all.js','sections':["
                + section.formatted(0, 0, "a.js", "one", "x", "a", "") + ","
                + section.formatted(1, 5, "b.js", "two", "y", "b", "0") + "]}";

        SourceMap map = read(json);

        assertThat(map.lookup(0, 0)).contains(new OriginalPosition(0, "x/a.js", 0, 0, "one", false));
        assertThat(map.lookup(1, 4)).contains(new OriginalPosition(0, "x/a.js", 1, 0, null, false));
        assertThat(map.lookup(1, 5)).contains(new OriginalPosition(1, "y/b.js", 0, 0, "two", true));
        assertThat(map.lookup(2, 0)).contains(new OriginalPosition(1, "y/b.js", 1, 0, null, true));
        assertThat(map.content(1)).contains("of b");
    }

    @Test
    void readsFieldsInAnyOrder() {
        SourceMap map = read("{'mappings':'AAAAA','names':['n'],'x_own':{'deep':[[]]},'sourceRoot':'r',"
                + "'sources':['a.js'],'version':3}");

        assertThat(map.lookup(0, 3)).contains(new OriginalPosition(0, "r/a.js", 0, 0, "n", false));
    }

    @ParameterizedTest
    @CsvSource({")]}'", ")]}", "\ufeff"})
    void readsBehindWhatServersPutInFront(String front) {
        String json = (front.equals("\ufeff") ? front : front + "\n")
                + map(",'sourcesContent':['x','y']").replace('\'', '"');

        SourceMap map = BundleFixture.read(json.getBytes(UTF_8));

        assertThat(map.lookup(0, 8)).contains(new OriginalPosition(1, "b.js", 1, 4, "add", false));
        assertThat(map.content(1)).contains("y");
    }

    @Test
    void readsASlashWithABackslashInFront() {
        // 31 is "+B", 63 as a continued digit is "/".
        SourceMap plain = read("{'version':3,'sources':['a.js'],'mappings':'AAAA,+/BAAC'}");
        SourceMap escaped = read("{'version':3,'sources':['a.js'],'mappings':'AAAA,+\\/BAAC'}");

        assertThat(escaped.lookup(0, 1 << 20)).isEqualTo(plain.lookup(0, 1 << 20));
        assertThat(escaped.size()).isEqualTo(2);
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        assertThat(read(map(",'scopes':'AB','x_facebook_sources':[[{'names':['<global>']}]],'file':null"))
                        .lookup(0, 0))
                .isPresent();
    }
}
