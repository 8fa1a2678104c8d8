package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.endpoint.IngestRequest;
import dev.resentry.gateway.endpoint.IngestResponse;
import dev.resentry.gateway.endpoint.ReportHandler;
import dev.resentry.gateway.endpoint.RequestAdmission;
import dev.resentry.gateway.endpoint.SdkRequestHandler;
import dev.resentry.gateway.http.GatewayServer;
import dev.resentry.gateway.http.HttpSettings;
import dev.resentry.gateway.http.RequestObserver;
import dev.resentry.gateway.limit.RateLimits;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.project.ProjectRequests;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** Requests that the gateway forwards to the API. The test plays the API and writes its responses itself. */
@Timeout(30)
class QueryApiForwardingTest {
    private static final int MAX_REQUESTS = 3;

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Socket> atTheApi = new LinkedBlockingQueue<>();
    private ServerSocket api;
    private volatile boolean listens = true;
    private GatewayServer gateway;
    private Socket sender;

    @BeforeEach
    void start() throws Exception {
        api = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var _ = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    atTheApi.add(api.accept());
                }
            } catch (IOException _) {
                // The test is over.
            }
        });
        var sdkRequests = new SdkRequestHandler(
                _ -> CompletableFuture.completedFuture(new EnvelopePublisher.Publication.Kept()),
                RateLimits.NONE,
                (_, _, _, _, _) -> {},
                Runnable::run,
                Clock.systemUTC());
        var projects = new NoProjects();
        var reports = new ReportHandler(projects, ProjectRequests.NONE, sdkRequests, Runnable::run);
        gateway = new GatewayServer(
                new HttpSettings(
                        0,
                        1,
                        100,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        DataSize.ofBytes(512),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ZERO,
                        List.of()),
                new RequestAdmission(projects, sdkRequests, reports, 1_000),
                new QueryApiForwarding(() -> listens ? api.getLocalPort() : 0, MAX_REQUESTS),
                new BytesInFlight(1_000_000),
                new Failures());
        gateway.start();
        sender = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        sender.setSoTimeout(10_000);
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        await().untilAsserted(() -> assertThat(gateway.connectionCount()).isZero());
        gateway.stop();
        api.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void answersComeInTheOrderOfTheRequestsThoughSomeAreAnsweredByTheGatewayItself() throws Exception {
        say("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
        say("OPTIONS /api/42/store/ HTTP/1.1\r\nHost: x\r\n\r\n");
        say("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
        sender.shutdownOutput();

        try (Socket slow = nextAtTheApi()) {
            assertThat(head(slow)).startsWith("GET /slow HTTP/1.1\r\n");
            assertThat(atTheApi.poll(200, TimeUnit.MILLISECONDS))
                    .as("the next, before its turn")
                    .isNull();
            say(slow, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow");
        }
        assertThat(answer(4)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("slow");
        assertThat(answer(0)).contains("Access-Control-Allow-Methods");
        try (Socket quick = nextAtTheApi()) {
            assertThat(head(quick)).startsWith("GET /quick HTTP/1.1\r\n");
            say(quick, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nquick\r\n0\r\n\r\n");
        }
        assertThat(answer(15)).contains("5\r\nquick\r\n0\r\n\r\n");
        assertThat(sender.getInputStream().read()).as("the end").isEqualTo(-1);
    }

    @Test
    void expectContinueIsAnsweredByTheApi() throws Exception {
        say("POST /upload HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        try (Socket upload = nextAtTheApi()) {
            assertThat(head(upload)).containsIgnoringCase("expect: 100-continue");
            say(upload, "HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(answer(0)).startsWith("HTTP/1.1 100 Continue");

            say("body");
            assertThat(new String(upload.getInputStream().readNBytes(4), ISO_8859_1))
                    .isEqualTo("body");
            say(upload, "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok");
        }

        assertThat(answer(2)).startsWith("HTTP/1.1 201 Created").endsWith("ok");
        say("OPTIONS /api/42/store/ HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer(0)).as("of the next request").startsWith("HTTP/1.1 200");
    }

    @Test
    void aBodyWithABrokenChunkDoesNotReachTheApiAsAWholeOne() throws Exception {
        say("POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nxyz\r\n");

        assertThat(sender.getInputStream().read()).as("the end").isEqualTo(-1);
        Socket upload = atTheApi.poll(1, TimeUnit.SECONDS);
        if (upload != null) {
            try (upload) {
                String heard = new String(upload.getInputStream().readAllBytes(), ISO_8859_1);
                assertThat(heard).doesNotEndWith("0\r\n\r\n");
            }
        }
    }

    @Test
    void anApiThatDisconnectsDuringAResponseEndsTheConnection() throws Exception {
        say("GET /half HTTP/1.1\r\nHost: x\r\n\r\n");
        try (Socket half = nextAtTheApi()) {
            assertThat(head(half)).startsWith("GET /half");
            say(half, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
        }

        assertThat(answer(4)).endsWith("half");
        assertThat(sender.getInputStream().read()).as("the end").isEqualTo(-1);
    }

    @Test
    void manyRequestsOnOneConnectionTakeOneSlotOfTheApi() throws Exception {
        say("GET /issues HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000));

        for (int i = 0; i < 20; i++) {
            try (Socket one = nextAtTheApi()) {
                assertThat(head(one)).startsWith("GET /issues HTTP/1.1\r\n");
                assertThat(atTheApi).as("the next, before its turn").isEmpty();
                say(one, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
            assertThat(answer(2)).endsWith("ok");
        }
        // Who only closes may still be listening.
        sender.setSoLinger(true, 0);
    }

    @Test
    void whatOnlyReadsIsAskedOnAConnectionThatAnsweredBefore() throws Exception {
        say("GET /first HTTP/1.1\r\nHost: x\r\n\r\n");
        try (Socket connection = nextAtTheApi()) {
            assertThat(head(connection))
                    .startsWith("GET /first HTTP/1.1\r\n")
                    .doesNotContainIgnoringCase("\r\nconnection:");
            say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertThat(answer(2)).doesNotContainIgnoringCase("connection:").endsWith("ok");

            say("HEAD /second HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(connection)).startsWith("HEAD /second HTTP/1.1\r\n");
            say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
            assertThat(answer(0)).startsWith("HTTP/1.1 200 OK");

            say("GET /third HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(connection)).startsWith("GET /third HTTP/1.1\r\n");
            say(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nthird");
            assertThat(answer(5)).doesNotContainIgnoringCase("connection:").endsWith("third");

            say("GET /fourth HTTP/1.1\r\nHost: x\r\n\r\n");
            try (Socket another = nextAtTheApi()) {
                assertThat(head(another)).startsWith("GET /fourth HTTP/1.1\r\n");
                say(another, "HTTP/1.1 204 No Content\r\n\r\n");
            }
            assertThat(answer(0)).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void whatChangesSomethingHasAConnectionOfItsOwn() throws Exception {
        say("GET /issues HTTP/1.1\r\nHost: x\r\n\r\n");
        try (Socket reading = nextAtTheApi()) {
            assertThat(head(reading)).startsWith("GET /issues");
            say(reading, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertThat(answer(2)).endsWith("ok");

            say("PUT /issues HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
            try (Socket changing = nextAtTheApi()) {
                assertThat(head(changing)).startsWith("PUT /issues").containsIgnoringCase("\r\nconnection: close\r\n");
                say(changing, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
            assertThat(answer(2)).endsWith("ok");
        }
    }

    @Test
    void aRequestThatMeetsTheEndOfAConnectionIsAskedAgain() throws Exception {
        say("GET /issues HTTP/1.1\r\nHost: x\r\n\r\n");
        try (Socket closing = nextAtTheApi()) {
            assertThat(head(closing)).startsWith("GET /issues");
            say(closing, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertThat(answer(2)).endsWith("ok");

            say("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(closing)).startsWith("GET /next");
        }
        try (Socket fresh = nextAtTheApi()) {
            assertThat(head(fresh)).startsWith("GET /next");
            say(fresh, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
        }
        assertThat(answer(4)).startsWith("HTTP/1.1 200").endsWith("next");
    }

    @Test
    void aRequestThatIsNotAnsweredIsAskedTwiceAtMost() throws Exception {
        say("GET /issues HTTP/1.1\r\nHost: x\r\n\r\n");
        try (Socket closing = nextAtTheApi()) {
            assertThat(head(closing)).startsWith("GET /issues");
            say(closing, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertThat(answer(2)).endsWith("ok");

            say("GET /deadly HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(closing)).startsWith("GET /deadly");
        }
        try (Socket fresh = nextAtTheApi()) {
            assertThat(head(fresh)).startsWith("GET /deadly");
        }
        assertThat(answer(0)).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void aRequestBeforeTheApiListensIsAnswered503() throws Exception {
        listens = false;

        say("GET /issues HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(head(sender)).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nretry-after: 1\r\n");
        listens = true;
        try (var again = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            say(again, "GET /issues HTTP/1.1\r\nHost: x\r\n\r\n");
            try (Socket one = nextAtTheApi()) {
                assertThat(head(one)).startsWith("GET /issues HTTP/1.1\r\n");
            }
        }
    }

    @Test
    void requestsBeyondTheCapacityOfTheApiAreAnswered503() throws Exception {
        List<Socket> senders = new ArrayList<>();
        List<Socket> busy = new ArrayList<>();
        for (int i = 0; i < MAX_REQUESTS; i++) {
            var one = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
            say(one, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            senders.add(one);
            busy.add(nextAtTheApi());
        }

        say("POST /issues HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(head(sender)).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nretry-after: 1\r\n");
        assertThat(atTheApi).isEmpty();

        // A sender that leaves makes room, and so does an answer.
        Socket leaving = senders.removeFirst();
        leaving.setSoLinger(true, 0);
        leaving.close();
        assertThat(busy.removeFirst().getInputStream().readAllBytes()).isNotEmpty();
        say(busy.getFirst(), "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertThat(head(senders.getFirst())).startsWith("HTTP/1.1 200");
        for (int i = 0; i < 2; i++) {
            var next = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
            say(next, "GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
            senders.add(next);
            busy.add(nextAtTheApi());
        }
        for (Socket socket : senders) {
            socket.close();
        }
        for (Socket socket : busy) {
            socket.close();
        }
    }

    @Test
    void streamsOfEventsTakeNoRoomFromRequests() throws Exception {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < MAX_REQUESTS + 2; i++) {
            var listener = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
            say(listener, "GET /api/v1/live HTTP/1.1\r\nHost: x\r\n\r\n");
            Socket stream = nextAtTheApi();
            say(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n:\n\n\r\n");
            assertThat(head(listener)).startsWith("HTTP/1.1 200");
            open.addAll(List.of(listener, stream));
        }

        say("GET /issues HTTP/1.1\r\nHost: x\r\n\r\n");
        try (Socket request = nextAtTheApi()) {
            say(request, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            assertThat(head(sender)).startsWith("HTTP/1.1 200");
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void aResponseThatIsNotReadIsAborted() throws Exception {
        say("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        try (Socket large = nextAtTheApi()) {
            assertThat(head(large)).startsWith("GET /large");
            say(large, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            String piece = "x".repeat(1024 * 1024);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            say(large, piece);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anUnreachableApiIsAnswered502() throws Exception {
        api.close();
        say("GET /gone HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer(0)).startsWith("HTTP/1.1 502 ");
    }

    private Socket nextAtTheApi() throws InterruptedException {
        Socket next = atTheApi.poll(5, TimeUnit.SECONDS);
        assertThat(next).as("a request at the API").isNotNull();
        return next;
    }

    private void say(String text) throws IOException {
        say(sender, text);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** The head of an answer and so many bytes of its body. */
    private String answer(int bodyBytes) throws IOException {
        return head(sender) + new String(sender.getInputStream().readNBytes(bodyBytes), ISO_8859_1);
    }

    private static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("more after '%s'", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    /** Nothing is sent to projects here. */
    private static final class NoProjects implements ProjectDirectory {
        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public Optional<ProjectConfig> find(ProjectId id) {
            return Optional.empty();
        }

        @Override
        public Optional<ProjectConfig> findByKey(PublicKey key) {
            return Optional.empty();
        }

        @Override
        public Optional<ProjectConfig> findBySlug(String slug) {
            return Optional.empty();
        }
    }

    private final class Failures implements RequestObserver {
        @Override
        public void answered(String route, IngestRequest request, IngestResponse answer, long bodyBytes, long nanos) {}

        @Override
        public void abandoned(String route) {}

        @Override
        public void connected() {}

        @Override
        public void disconnected() {}

        @Override
        public void failed(String route, Throwable failure) {
            failures.add(failure);
        }
    }
}
