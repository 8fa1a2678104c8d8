package dev.resentry.endtoend;

import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The nginx of this machine, if it has one, before two gateways and with a pool of connections to them. */
record Nginx(int port, Process process) implements AutoCloseable {

    static Optional<Nginx> startIfInstalled(int first, int second) {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> start(program, first, second));
    }

    private static Nginx start(Path program, int first, int second) {
        int port = FreePort.find();
        try {
            Path directory = Files.createTempDirectory("nginx");
            Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
                    daemon off;
                    pid nginx.pid;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path body;
                        proxy_temp_path proxy;
                        fastcgi_temp_path fastcgi;
                        uwsgi_temp_path uwsgi;
                        scgi_temp_path scgi;
                        upstream gateways {
                            server 127.0.0.1:%d max_fails=0;
                            server 127.0.0.1:%d max_fails=0;
                            keepalive 16;
                        }
                        server {
                            listen 127.0.0.1:%d;
                            location / {
                                proxy_pass http://gateways;
                                proxy_http_version 1.1;
                                proxy_set_header Connection "";
                            }
                        }
                    }
                    """.formatted(first, second, port));
            Path log = Path.of("target", "logs", "nginx.log").toAbsolutePath();
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(
                            program.toString(),
                            "-p",
                            directory.toString(),
                            "-e",
                            log.toString(),
                            "-c",
                            configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            var nginx = new Nginx(port, process);
            await("nginx serves")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Http.status("http://127.0.0.1:%d/health/live".formatted(port)) == 200);
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
