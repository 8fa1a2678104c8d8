package dev.resentry.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelTest {
    @ParameterizedTest
    @CsvSource({
        "warning,WARNING",
        "WARN,WARNING",
        "critical,FATAL",
        "log,INFO",
        "Debug,DEBUG",
        "error,ERROR",
        "fatal,FATAL"
    })
    void isReadInAnyCaseAndByTheNamesOfLoggingLibraries(String text, Level level) {
        assertThat(Level.parse(text)).contains(level);
    }

    @Test
    void isNoOtherWord() {
        assertThat(Level.parse("severe")).isEmpty();
        assertThat(Level.parse("")).isEmpty();
    }

    @Test
    void isWrittenByTheNamesOfTheProtocol() {
        assertThat(Level.wireNames()).containsExactlyInAnyOrder("fatal", "error", "warning", "info", "debug");
        assertThat(Level.WARNING.wireName()).isEqualTo("warning");
    }
}
