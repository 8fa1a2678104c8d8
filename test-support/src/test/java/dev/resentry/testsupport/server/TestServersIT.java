package dev.resentry.testsupport.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TestServersIT {
    @TempDir
    Path directory;

    @Test
    void bothStartAtOnceAndComeBackAtTheSameAddress() throws Exception {
        TestServers servers = TestServers.shared().startBoth();
        String address = servers.bootstrapServers();

        servers.stopKafka();
        servers.startKafka();
        servers.stopPostgres();
        servers.startPostgres();

        assertThat(servers.bootstrapServers()).isEqualTo(address);
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }

    @Test
    void noTwoTestsGetTheSameNames() {
        TestServers servers = TestServers.shared();

        assertThat(servers.newDatabaseUrl()).isNotEqualTo(servers.newDatabaseUrl());
        assertThat(servers.newTopicPrefix()).isNotEqualTo(servers.newTopicPrefix());
        assertThat(servers.newSpoolDirectory())
                .isNotEqualTo(servers.newSpoolDirectory())
                .doesNotExist();
    }

    @Test
    void aTemplateThatSeveralNeedAtOnceIsMadeOnce() throws Exception {
        Path made = directory.resolve("template");
        List<Callable<Path>> copies = List.of(copyOf(made, "first"), copyOf(made, "second"));
        try (var threads = Executors.newFixedThreadPool(copies.size())) {
            for (var copy : threads.invokeAll(copies)) {
                assertThat(Files.readString(copy.get().resolve("password")))
                        .isEqualTo(Files.readString(made.resolve("password")));
                assertThat(copy.get().resolve("data/PG_VERSION")).exists();
            }
        }
        assertThat(directory.resolve("template.half")).doesNotExist();
    }

    private Callable<Path> copyOf(Path template, String name) {
        return () -> {
            Path target = directory.resolve(name);
            new PostgresTemplate(template).copyTo(target);
            return target;
        };
    }
}
