package dev.resentry.processing.sourcemap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedFileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f();//# sourceMappingURL=a.js.map|a.js.map",
                "f();\\n//@ sourceMappingURL=../maps/a.map\\n|../maps/a.map",
                "//# sourceMappingURL=old.map\\nf();//# sourceMappingURL=new.map|new.map",
                "//#\tsourceMappingURL=a.map\\n//# debugId=c6e1|a.map",
                "//# sourceMappingURL=data:application/json;base64,e30=|data:application/json;base64,e30=",
            })
    void findsTheLastComment(String code, String url) {
        assertThat(GeneratedFile.sourceMappingUrl(code.replace("\\n", "\n").getBytes(UTF_8)))
                .contains(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sourceMappingURL=a.map",
                "// sourceMappingURL=a.map",
                "const text = 'sourceMappingURL=a.map';",
                "//# sourceMappingURL=",
            })
    void findsNoneWhereThereIsNone(String code) {
        assertThat(GeneratedFile.sourceMappingUrl(code.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void findsTheDebugId() {
        byte[] code =
                "f();\n//# debugId=85314830-023f-4cf1-a267-535f4e37bb17\n//# sourceMappingURL=a.map".getBytes(UTF_8);

        assertThat(GeneratedFile.debugId(code)).contains("85314830-023f-4cf1-a267-535f4e37bb17");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:application/json;charset=utf-8;base64,e30=|{}",
                "data:application/json,%7B%7d|{}",
                "DATA:;BASE64,e30%3D|{}",
                "data:,50%|50%",
            })
    void readsDataUrls(String url, String content) {
        assertThat(DataUrl.isOne(url)).isTrue();
        assertThat(DataUrl.read(url))
                .isInstanceOfSatisfying(
                        DataUrl.Reading.Content.class,
                        read -> assertThat(new String(read.bytes(), UTF_8)).isEqualTo(content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:application/json;base64", "data:;base64,e3*="})
    void saysWhatIsWrongWithADataUrl(String url) {
        assertThat(DataUrl.read(url)).isInstanceOf(DataUrl.Reading.Malformed.class);
    }
}
