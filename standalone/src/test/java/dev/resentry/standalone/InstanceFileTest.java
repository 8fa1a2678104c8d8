package dev.resentry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceFileTest {
    @TempDir
    Path data;

    @Test
    void commandsReadTheLastInstanceUntilItIsClosed() throws IOException {
        Files.createDirectories(data.resolve("run"));
        var file = new InstanceFile(data);

        file.write(instance("first"));
        file.write(instance("renewed"));
        assertThat(Instance.find(data)).map(Instance::token).contains("renewed");

        file.close();
        assertThat(Instance.find(data)).isEmpty();
        file.write(instance("too late"));
        assertThat(Instance.file(data)).doesNotExist();
    }

    private static Instance instance(String token) {
        return new Instance(ProcessHandle.current().pid(), "http://localhost:9000", "", token, "", "");
    }
}
