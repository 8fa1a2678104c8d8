package dev.resentry.processing.sourcemap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processing.sourcemap.SourceMap.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever a document holds, reading it ends soon, takes bounded memory and says what is wrong. */
@Timeout(60)
class HostileSourceMapTest {
    static final List<String> BUNDLERS = BundleFixture.BUNDLERS;

    private static Reading read(String json, SourceMapLimits limits) {
        return SourceMap.read(json.replace('\'', '"').getBytes(UTF_8), limits);
    }

    private static Reading read(String json) {
        return read(json, SourceMapLimits.DEFAULT);
    }

    private static String cause(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Malformed.class);
        return ((Reading.Malformed) reading).cause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|document: expected an object",
                "|document: expected an object, got nothing",
                "<!doctype html><title>404</title>|no JSON: byte",
                "{'mappings':'AAAA','sources':['a']}|version: missing",
                "{'version':2,'sources':[],'mappings':''}|version: expected 3",
                "{'version':3,'sources':['a']}|mappings: missing",
                "{'version':3,'sources':{},'mappings':''}|sources: expected a list",
                "{'version':3,'sources':[7],'mappings':''}|sources: expected texts",
                "{'version':3,'sources':['a'],'mappings':'AA'}|a segment of 2 numbers",
                "{'version':3,'sources':['a'],'mappings':'AAAAAA'}|more than five numbers",
                "{'version':3,'sources':['a'],'mappings':'AA!A'}|mappings: character 2: no base64",
                "{'version':3,'sources':['a'],'mappings':'AAAg'}|a number without end",
                "{'version':3,'sources':['a'],'mappings':'gggggggggggggggA'}|a number of more than 32 bits",
                "{'version':3,'sources':['a'],'mappings':'////////A'}|a number of more than 32 bits",
                "{'version':3,'sources':['a'],'mappings':'ACAA'}|source 1 of 1",
                "{'version':3,'sources':['a'],'mappings':'ADAA'}|source -1 is out of bounds",
                "{'version':3,'sources':['a'],'mappings':'AAAAA'}|name 0 of 0",
                "{'version':3,'sources':['a'],'mappings':'AADA'}|original line -1 is out of bounds",
                "{'version':3,'sources':['a'],'mappings':'AAAA'} x|no JSON",
                "{'version':3,'sources':['a'],'mappings':'AAAA'} {}|something stands behind the document",
                "{'version':3,'ignoreList':[-1],'sources':[],'mappings':''}|ignoreList: a number that is out of bounds",
                "{'version':3,'sections':[{'offset':{'line':0,'column':0},'url':'http://10.0.0.1/a.map'}]}|sections[0]",
                "{'version':3,'sections':[{'map':{'version':3,'sources':[],'mappings':''}}]}|sections[0]",
                "{'version':3,'sections':[{'offset':{'line':0,'column':0},'map':{'version':3,'sections':[]}}]}|holds sections",
                "{'version':3,'sections':[{'offset':{'line':99999999999,'column':0}}]}|out of bounds",
            })
    void tellsWhatIsWrong(String json, String cause) {
        assertThat(cause(read(json == null ? "" : json))).contains(cause);
    }

    @Test
    void refusesSectionsThatGoBack() {
        String section = "{'offset':{'line':%d,'column':0},'map':{'version':3,'sources':[],'mappings':''}}";

        assertThat(cause(read("{'version':3,'sections':[" + section.formatted(1) + "," + section.formatted(1) + "]}")))
                .contains("sections[1].offset: not behind the section before");
    }

    /** Each section maps ever so many lines, and the next one begins behind the first of them. */
    @Test
    void readsManyOverlappingSectionsInOnePass() {
        String mappings = "AAAA;".repeat(20);
        String sections = IntStream.range(0, 20_000)
                .mapToObj(i -> "{'offset':{'line':%d,'column':0},'map':{'version':3,'sources':['s'],'mappings':'%s'}}"
                        .formatted(i, mappings))
                .collect(Collectors.joining(","));

        Reading reading = read("{'version':3,'sections':[" + sections + "]}");

        SourceMap map = ((Reading.Read) reading).map();
        assertThat(map.size()).isEqualTo(20_000 + 19);
        assertThat(map.lookup(5_000, 0)).map(OriginalPosition::source).contains(5_000);
    }

    @Test
    void readsTenMillionMappingsAndNoMore() {
        byte[] atLimit = mappings(10_000_000);
        byte[] beyond = mappings(10_000_001);

        Reading.Read read = (Reading.Read) SourceMap.read(atLimit, SourceMapLimits.DEFAULT);
        assertThat(read.map().lookup(0, 9_999_999)).map(OriginalPosition::line).contains(0);
        assertThat(read.map().weight()).isLessThan(300L * 1024 * 1024);
        assertThat(cause(SourceMap.read(beyond, SourceMapLimits.DEFAULT))).isEqualTo("mappings: more than 10000000");
    }

    /** One line backwards: each mapping lies in front of the one before. */
    @Test
    void ordersALineThatRunsBackwards() {
        int count = 200_000;
        // Far to the right first, then one to the left at a time.
        String json = "{'version':3,'sources':['a'],'mappings':'ggggB" + "AAA" + ",DAAC".repeat(count) + "'}";

        SourceMap map = ((Reading.Read) read(json)).map();

        assertThat(map.lookup(0, (1 << 19) - count))
                .map(OriginalPosition::column)
                .contains(count);
    }

    @Test
    void takesNoMemoryForLinesWithoutMappings() {
        String json = "{'version':3,'sources':['a'],'mappings':'" + ";".repeat(20_000_000) + "AAAA'}";

        SourceMap map = ((Reading.Read) read(json)).map();

        assertThat(map.lookup(20_000_000, 0)).isPresent();
        assertThat(map.weight()).isLessThan(json.length() + 1_000L);
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThat(cause(read("{'version':3,'sources':[],'mappings':''}", new SourceMapLimits(20, 10))))
                .isEqualTo("the map has 40 bytes (limit: 20)");
        String root = "x".repeat(70_000);
        assertThat(cause(read("{'version':3,'sourceRoot':'" + root + "','sources':[],'mappings':''}")))
                .isEqualTo("sourceRoot: a text of more than 65536 characters");
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(cause(read("{'version':3,'x':" + "[".repeat(1_000_000)))).contains("no JSON");
    }

    @ParameterizedTest
    @FieldSource("BUNDLERS")
    void saysOfEachBeginningOfAMapThatItIsNone(String bundler) {
        byte[] map = BundleFixture.of(bundler).map();

        for (int length = 0; length < map.length; length++) {
            cause(SourceMap.read(Arrays.copyOf(map, length), SourceMapLimits.DEFAULT));
        }
    }

    @ParameterizedTest
    @FieldSource("BUNDLERS")
    void neverFailsForABrokenMap(String bundler) {
        byte[] map = BundleFixture.of(bundler).map();
        var random = new Random(13);

        for (int i = 0; i < 5_000; i++) {
            byte[] broken = map.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            if (SourceMap.read(broken, SourceMapLimits.DEFAULT) instanceof Reading.Read(SourceMap read)) {
                for (int column = 0; column < 2_000; column += 50) {
                    read.lookup(random.nextInt(3), column).ifPresent(found -> read.content(found.source()));
                }
            }
        }
    }

    private static byte[] mappings(int count) {
        byte[] head = "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"".getBytes(UTF_8);
        byte[] json = Arrays.copyOf(head, head.length + 5 * count + 2);
        byte[] segment = "CAAA,".getBytes(UTF_8);
        for (int i = 0; i < count; i++) {
            System.arraycopy(segment, 0, json, head.length + 5 * i, 5);
        }
        json[json.length - 2] = '"';
        json[json.length - 1] = '}';
        return json;
    }
}
