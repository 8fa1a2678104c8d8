package dev.resentry.query.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFileFormatTest {

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
    void noCellIsAFormula(String value) {
        assertThat(EventFileFormat.cell(value).replace("\"", "")).isEqualTo("'" + value);
    }

    @Test
    void commasQuotesAndLinesAreQuoted() {
        assertThat(EventFileFormat.cell("a,b")).isEqualTo("\"a,b\"");
        assertThat(EventFileFormat.cell("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
        assertThat(EventFileFormat.cell("a\nb")).isEqualTo("\"a\nb\"");
        assertThat(EventFileFormat.cell("a = b")).isEqualTo("a = b");
        assertThat(EventFileFormat.cell("")).isEmpty();
    }
}
