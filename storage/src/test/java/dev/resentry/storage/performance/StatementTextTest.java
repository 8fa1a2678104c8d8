package dev.resentry.storage.performance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM carts WHERE id = 7 | SELECT * FROM carts WHERE id = ?",
                "SELECT * FROM carts WHERE id = $1 | SELECT * FROM carts WHERE id = ?",
                "SELECT * FROM carts WHERE id = %s AND n = %(n)s | SELECT * FROM carts WHERE id = ? AND n = ?",
                "SELECT * FROM t WHERE id = :id AND a = @p0 | SELECT * FROM t WHERE id = ? AND a = ?",
                "SELECT a::text FROM t | SELECT a::text FROM t",
                "SELECT 'it''s', 'a\\'b' FROM t | SELECT ?, ? FROM t",
                "SELECT * FROM t WHERE id IN (1, 2 ,3) | SELECT * FROM t WHERE id IN (?)",
                "SELECT * FROM t WHERE id IN (1) | SELECT * FROM t WHERE id IN (?)",
                "INSERT INTO t VALUES (1, 'a'), (2, 'b') | INSERT INTO t VALUES (?)",
                "SELECT * FROM t1 WHERE c2 = 0x1F AND d = 1.5e-3 AND e = -4 | SELECT * FROM t1 WHERE c2 = ? AND d = ? AND e = ?",
                "~SELECT  a\n  FROM t~ | SELECT a FROM t",
                "SELECT ? FROM t | SELECT ? FROM t",
            })
    void whatDiffersFromCallToCallIsLeftOut(String statement, String text) {
        assertThat(StatementText.of(statement)).isEqualTo(text);
        assertThat(StatementText.of(text)).as("and once more").isEqualTo(text);
    }
}
