package dev.resentry.query.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
    void noCellIsAFormula(String value) {
        assertThat(CsvCell.of(value).replace("\"", "")).isEqualTo("'" + value);
    }

    @Test
    void commasQuotesAndLinesAreQuoted() {
        assertThat(CsvCell.of("a,b")).isEqualTo("\"a,b\"");
        assertThat(CsvCell.of("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
        assertThat(CsvCell.of("a\nb")).isEqualTo("\"a\nb\"");
        assertThat(CsvCell.of("a = b")).isEqualTo("a = b");
        assertThat(CsvCell.of("")).isEmpty();
    }
}
