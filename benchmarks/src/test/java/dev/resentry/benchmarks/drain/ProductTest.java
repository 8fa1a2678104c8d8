package dev.resentry.benchmarks.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How another build is started: as the script starts its own. */
class ProductTest {
    @Test
    void optionsAreThoseOfTheScript() throws IOException {
        assertThat(Product.options(Files.readString(Path.of("..", "standalone", "src", "main", "launch", "launch.sh"))))
                .contains("--enable-native-access=ALL-UNNAMED")
                .anyMatch(option -> option.startsWith("-Xmx"))
                .allMatch(option -> option.startsWith("-"))
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }
}
