package dev.resentry.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts a main class of these tests in a process of its own. */
public final class ForkedJava {
    private ForkedJava() {}

    public static Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
