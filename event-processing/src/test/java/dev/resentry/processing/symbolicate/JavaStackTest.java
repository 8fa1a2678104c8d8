package dev.resentry.processing.symbolicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.retrace.JavaFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaStackTest {
    @Test
    void readsWhatPrintStackTraceWrites() {
        assertThat(JavaStack.parse("""
                Exception in thread "main" o.b: no card: none
                \tat o.d.a(SourceFile:8)
                \tat java.base/java.lang.Thread.run(Thread.java:1474)
                \tat o.e.<init>(Unknown Source)
                \t... 3 more
                Caused by: o.c
                \tat o.f.b(Native Method)
                """))
                .containsExactly(
                        new JavaStack(
                                "o.b",
                                List.of(
                                        new JavaFrame("o.d", "a", "SourceFile", 8),
                                        new JavaFrame("java.lang.Thread", "run", "Thread.java", 1474),
                                        new JavaFrame("o.e", "<init>", null, 0))),
                        new JavaStack("o.c", List.of(new JavaFrame("o.f", "b", null, 0))));
    }

    @Test
    void takesFramesAloneAndPassesOverWhatIsNone() {
        assertThat(JavaStack.parse("something went wrong\nat o.d.a(SourceFile)\nat nowhere\nat .(x)"))
                .containsExactly(new JavaStack(null, List.of(new JavaFrame("o.d", "a", "SourceFile", 0))));
        assertThat(JavaStack.parse("")).isEmpty();
    }
}
