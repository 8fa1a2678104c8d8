package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.IngestScene.MAX_BODY;
import static dev.resentry.gateway.endpoint.Rule.AUTH;
import static dev.resentry.gateway.endpoint.Rule.ENVELOPE;
import static dev.resentry.gateway.endpoint.Rule.ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.envelope.RawEnvelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP framing and connections (RFC 9112, and ingest protocol, sections 1.4 and 1.6). */
class HttpConformanceTest {
    private static final IngestScene SCENE = new IngestScene();
    private static final String HEAD = "POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\nX-Sentry-Auth: " + AUTH + "\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n";
    private static final String WHOLE = HEAD + "Content-Length: %d\r\n\r\n%s".formatted(ENVELOPE.length(), ENVELOPE);
    private static final String REFUSED = "POST /api/42/store/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";

    private Wire wire;

    @BeforeEach
    void connect() throws IOException {
        SCENE.forget();
        wire = SCENE.connect();
    }

    @AfterEach
    void nothingIsHeld() throws IOException {
        wire.close();
        await().untilAsserted(() -> {
            assertThat(SCENE.gateway().openConnections()).isZero();
            assertThat(SCENE.gateway().bytesHeld()).isZero();
        });
        SCENE.assertNothingElseKept();
    }

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @Test
    void aChunkedBodyIsReadWhole() throws Exception {
        wire.say(CHUNKED
                + "\r\n5\r\n%s\r\n%X;extension=1\r\n%s\r\n0\r\n\r\n"
                        .formatted(ENVELOPE.substring(0, 5), ENVELOPE.length() - 5, ENVELOPE.substring(5)));

        assertKept();
    }

    /** Section 1.4: as sentry-java sends it. */
    @Test
    void aCompressedBodyInChunksOnAConnectionForOneRequestIsKeptAsItCame() throws Exception {
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write(ENVELOPE.getBytes(UTF_8));
        }
        wire.say(CHUNKED.replace("Host: x", "Host: x\r\nConnection: close\r\nContent-Encoding: gzip")
                        + "\r\n%x\r\n".formatted(gzip.size()))
                .say(gzip.toByteArray())
                .say("\r\n0\r\n\r\n");

        assertThat(wire.response().text()).isEqualTo("{\"id\":\"%s\"}".formatted(ID));
        assertThat(wire.ends()).isTrue();
        RawEnvelope kept = SCENE.nextKept();
        assertThat(kept.body()).isEqualTo(gzip.toByteArray());
        assertThat(kept.receipt().contentEncoding()).isEqualTo("gzip");
    }

    @Test
    void chunksMayBeAsSmallAsOneByte() throws Exception {
        var chunks = new StringBuilder(CHUNKED + "\r\n");
        ENVELOPE.chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
        wire.say(chunks + "0\r\n\r\n");

        assertKept();
    }

    @Test
    void aRequestMayComeByteByByte() throws Exception {
        for (int i = 0; i < WHOLE.length(); i++) {
            wire.say(WHOLE.substring(i, i + 1));
        }

        assertKept();
    }

    @Test
    void trailersAreIgnored() throws Exception {
        wire.say(CHUNKED
                + "Trailer: X-Sentry-Auth\r\n\r\n%x\r\n%s\r\n0\r\nX-Sentry-Auth: Sentry sentry_key=a\r\nX: y\r\n\r\n"
                        .formatted(ENVELOPE.length(), ENVELOPE));

        assertKept();
    }

    @Test
    void aChunkedBodyOfTheLargestSizeIsKept() throws Exception {
        String body = "{}\n" + "x".repeat(MAX_BODY - 3);
        wire.say(CHUNKED + "\r\n%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body));

        assertThat(wire.response().status()).isEqualTo(200);
        assertThat(SCENE.nextKept().body()).isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void aChunkedBodyWithOneByteMoreIsRefused() throws Exception {
        String body = "{}\n" + "x".repeat(MAX_BODY - 2);
        wire.say(CHUNKED + "\r\n%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body));

        assertThat(wire.response().status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xyz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "ffffffffff\r\n{}\r\n0\r\n\r\n", "\r\n\r\n"})
    void aBrokenChunkBreaksTheRequest(String chunks) throws Exception {
        wire.say(CHUNKED + "\r\n2\r\n{}\r\n" + chunks).sayNothingMore();

        assertThat(wire.response().status()).isEqualTo(400);
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void expectContinueIsAnsweredBeforeTheBody() throws Exception {
        wire.say(HEAD + "Expect: 100-continue\r\nContent-Length: %d\r\n\r\n".formatted(ENVELOPE.length()));

        assertThat(wire.response().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
        wire.say(ENVELOPE);
        assertKept();
    }

    @Test
    void expectContinueWithoutCredentialsIsRefusedBeforeTheBody() throws Exception {
        wire.say("POST /api/42/store/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n");

        assertThat(wire.response().status()).isEqualTo(401);
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void expectContinueWithATooLargeBodyIsRefusedBeforeTheBody() throws Exception {
        wire.say(HEAD + "Expect: 100-continue\r\nContent-Length: %d\r\n\r\n".formatted(MAX_BODY + 1));

        assertThat(wire.response().status()).isEqualTo(413);
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void otherExpectationsAreRefused() throws Exception {
        wire.say(HEAD + "Expect: a-miracle\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(wire.response().status()).isEqualTo(417);
    }

    @Test
    void anExpectationIsIgnoredInHttp10() throws Exception {
        wire.say(WHOLE.replace("HTTP/1.1\r\n", "HTTP/1.0\r\nExpect: 100-continue\r\n"));

        assertKept();
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String other = "{\"event_id\":\"%s\"}".formatted("1".repeat(32));
        wire.say(WHOLE
                + REFUSED
                + HEAD + "Content-Length: %d\r\n\r\n%s".formatted(other.length(), other)
                + "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
                + WHOLE);

        assertThat(wire.response().text()).contains(ID);
        assertThat(wire.response().status()).isEqualTo(401);
        assertThat(wire.response().text()).contains("1".repeat(32));
        assertThat(wire.response().status()).isEqualTo(404);
        assertThat(wire.response().text()).contains(ID);
        assertThat(Stream.of(SCENE.nextKept(), SCENE.nextKept(), SCENE.nextKept())
                        .map(envelope -> envelope.receipt().eventId().toString()))
                .containsExactly(ID, "1".repeat(32), ID);
    }

    @Test
    void aConnectionStaysOpenAfterARejection() throws Exception {
        for (String request : new String[] {
            REFUSED,
            "GET /api/42/envelope/ HTTP/1.1\r\nHost: x\r\n\r\n",
            HEAD + "Content-Length: 2\r\n\r\n[]",
            HEAD + "Content-Length: %d\r\n\r\n%s".formatted(MAX_BODY + 1, "x".repeat(MAX_BODY + 1))
        }) {
            WireResponse response = wire.say(request).response();
            assertThat(response.status()).isBetween(400, 499);
            assertThat(response.saysGoodbye()).isFalse();
        }
        wire.say(WHOLE);

        assertKept();
    }

    @Test
    void aConnectionIsClosedOnRequest() throws Exception {
        wire.say(WHOLE.replace("Host: x", "Host: x\r\nConnection: close"));

        assertKept();
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void http10ClosesTheConnectionUnlessKeepAliveIsRequested() throws Exception {
        wire.say(WHOLE.replace("HTTP/1.1\r\n", "HTTP/1.0\r\nConnection: keep-alive\r\n"));
        assertThat(wire.response().header("connection")).isEqualTo("keep-alive");
        SCENE.nextKept();
        wire.say(WHOLE.replace("HTTP/1.1", "HTTP/1.0"));

        assertKept();
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aHalfClosedConnectionGetsItsResponse() throws Exception {
        wire.say(WHOLE).sayNothingMore();

        assertKept();
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aHalfClosedConnectionGetsAllItsResponses() throws Exception {
        var first = new CompletableFuture<EnvelopePublisher.Publication>();
        SCENE.publishingTakes(first);
        wire.say(WHOLE + WHOLE).sayNothingMore();
        SCENE.nextKept();
        SCENE.publishingBecomes(new EnvelopePublisher.Publication.Kept());
        first.complete(new EnvelopePublisher.Publication.Kept());

        assertThat(wire.response().status()).isEqualTo(200);
        assertThat(wire.response().status()).isEqualTo(200);
        SCENE.nextKept();
        assertThat(wire.ends()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("complete")
    void aCompleteRequestIsKeptAlthoughItsConnectionIsClosed(String request) throws Exception {
        wire.say(request).close();

        assertThat(SCENE.nextKept().body()).isEqualTo(ENVELOPE.getBytes(UTF_8));
    }

    static Stream<String> complete() {
        return Stream.of(WHOLE, CHUNKED + "\r\n%x\r\n%s\r\n0\r\n\r\n".formatted(ENVELOPE.length(), ENVELOPE));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void aBodyThatBreaksOffIsNotKept(String request) throws Exception {
        double before = SCENE.gateway().abandoned();
        wire.say(request).sayNothingMore();

        assertThat(wire.response().status()).isEqualTo(400);
        assertThat(wire.ends()).isTrue();
        assertThat(SCENE.gateway().abandoned()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void aRequestIsNotKeptIfItsConnectionIsClosedInTheMiddle(String request) throws Exception {
        double before = SCENE.gateway().abandoned();
        wire.say(request).close();

        await().untilAsserted(() -> assertThat(SCENE.gateway().abandoned()).isEqualTo(before + 1));
    }

    static Stream<String> incomplete() {
        return Stream.of(
                WHOLE.substring(0, WHOLE.length() - 1),
                HEAD + "Content-Length: 50\r\n\r\n",
                CHUNKED + "\r\n",
                CHUNKED + "\r\n%x\r\n%s".formatted(ENVELOPE.length(), ENVELOPE),
                CHUNKED + "\r\n%x\r\n%s\r\n0\r\n".formatted(ENVELOPE.length(), ENVELOPE));
    }

    @Test
    void anAddressThatIsTooLongIsRefused() throws Exception {
        wire.say("GET /api/42/store/?sentry_data=%s HTTP/1.1\r\nHost: x\r\n\r\n".formatted("x".repeat(20_000)));

        assertThat(wire.response().status()).isEqualTo(414);
        assertThat(wire.ends()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/3.0", "HTTP/0.9"})
    void aMajorVersionOtherThanOneIsRefused(String protocol) throws Exception {
        wire.say(WHOLE.replace("HTTP/1.1", protocol));

        WireResponse response = wire.response();
        assertThat(response.status()).isEqualTo(505);
        assertThat(response.text()).startsWith("{\"detail\":\"").contains("\",\"causes\":[");
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aLaterMinorVersionIsAccepted() throws Exception {
        wire.say(WHOLE.replace("HTTP/1.1", "HTTP/1.2"));

        assertKept();
    }

    @Test
    void headersThatAreTooLongAreRefused() throws Exception {
        wire.say(HEAD + "X: %s\r\n\r\n".formatted("x".repeat(70_000)));

        assertThat(wire.response().status()).isEqualTo(431);
        assertThat(wire.ends()).isTrue();
    }

    /** Most clients write everything before they read. */
    @ParameterizedTest
    @MethodSource("refusedBeforeTheyAreRead")
    void aSenderThatKeepsSendingStillReceivesItsRejection(int status, String beginning) throws Exception {
        wire.say(beginning);
        await().until(() -> wire.isAnswered());
        byte[] more = "x".repeat(64 * 1024).getBytes(UTF_8);
        for (int i = 0; i < 100; i++) {
            wire.say(more);
        }

        assertThat(wire.response().status()).isEqualTo(status);
        assertThat(wire.ends()).isTrue();
    }

    static Stream<Arguments> refusedBeforeTheyAreRead() {
        String large = "Content-Length: 10000000\r\n\r\n";
        return Stream.of(
                Arguments.of(400, "rubbish\r\n\r\n"),
                Arguments.of(400, HEAD + "Transfer-Encoding: gzip\r\n\r\n"),
                Arguments.of(400, CHUNKED + "\r\n2\r\n{}\r\nxyz\r\n"),
                Arguments.of(401, "POST /api/42/store/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" + large),
                Arguments.of(401, "POST /api/42/store/ HTTP/1.1\r\nHost: x\r\n" + large),
                Arguments.of(401, "POST /api/42/store/ HTTP/1.0\r\nHost: x\r\n" + large),
                Arguments.of(408, "POST /api/42/store/ HTTP/1.1\r\n"),
                Arguments.of(413, HEAD + large),
                Arguments.of(413, CHUNKED + "\r\nffffff\r\n" + "x".repeat(MAX_BODY + 1)),
                Arguments.of(414, "GET /" + "x".repeat(20_000)),
                Arguments.of(417, HEAD + "Expect: a-miracle\r\n" + large),
                Arguments.of(431, HEAD + "X: " + "x".repeat(70_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish\r\n\r\n",
                "\0\0\0\0\r\n\r\n",
                "POST\r\n\r\n",
                "GET / HTTP/x\r\n\r\n",
                "GET / HTTP/1.1\r\nA B: x\r\n\r\n"
            })
    void whatIsNoRequestIsRefused(String rubbish) throws Exception {
        wire.say(rubbish);

        assertThat(wire.response().status()).isEqualTo(400);
        assertThat(wire.ends()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding : chunked"
            })
    void whatCouldBeReadInTwoWaysIsNotReadAtAll(String framing) throws Exception {
        wire.say(HEAD + framing + "\r\n\r\n0\r\n\r\n" + WHOLE);

        assertThat(wire.response().status()).isEqualTo(400);
        assertThat(wire.ends()).as("what follows is not taken for a request").isTrue();
    }

    @Test
    void chunksAreRefusedInHttp10() throws Exception {
        wire.say(CHUNKED.replace("HTTP/1.1", "HTTP/1.0") + "Connection: keep-alive\r\n\r\n0\r\n\r\n" + WHOLE);

        assertThat(wire.response().status()).isEqualTo(400);
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void slowHeadersTimeOut() throws Exception {
        wire.say(HEAD);

        assertThat(wire.response().status()).isEqualTo(408);
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void headersThatTrickleTimeOut() throws Exception {
        wire.say("POST /api/42/envelope/ HTTP/1.1\r\nX: ");

        assertThat(trickled("x")).isEqualTo(408);
    }

    @Test
    void aBodyThatStallsTimesOut() throws Exception {
        wire.say(HEAD + "Content-Length: 100\r\n\r\n{}");

        assertThat(wire.response().status()).isEqualTo(408);
    }

    @Test
    void aBodyThatTricklesTimesOut() throws Exception {
        wire.say(HEAD + "Content-Length: 100000\r\n\r\n{}");

        assertThat(trickled("x")).isEqualTo(408);
    }

    @Test
    void aConnectionIsNotReadWhileItsResponsesAreNotRead() throws Exception {
        int enough = 64 * 1024 * 1024;
        wire.close();
        try (var deaf = SocketChannel.open(
                new InetSocketAddress("127.0.0.1", SCENE.gateway().port()))) {
            deaf.configureBlocking(false);
            var requests = ByteBuffer.wrap(REFUSED.repeat(1000).getBytes(UTF_8));
            var said = new AtomicLong();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (int n = 1; n > 0 && said.get() < enough; ) {
                    n = said(deaf, requests);
                    said.addAndGet(Math.max(n, 0));
                }
                return SCENE.gateway().openConnections() == 0 || said.get() >= enough;
            });

            assertThat(said.get())
                    .as("bytes that were taken without an answer being read")
                    .isLessThan(enough);
        }
    }

    /** Says some of the requests over and over; -1 if the connection has ended. */
    private static int said(SocketChannel channel, ByteBuffer requests) {
        if (!requests.hasRemaining()) {
            requests.rewind();
        }
        try {
            return channel.write(requests);
        } catch (IOException _) {
            return -1;
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        wire.say(WHOLE);

        assertKept();
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aConnectionWithoutARequestIsClosed() throws Exception {
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aTruncatedFallbackRequestEndsTheConnection() throws Exception {
        wire.say("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{}")
                .sayNothingMore();

        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aStalledFallbackRequestEndsTheConnection() throws Exception {
        wire.say("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{}");

        assertThat(wire.ends()).isTrue();
    }

    /** Goes on sending until there is an answer. */
    private int trickled(String bytes) throws IOException {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    wire.say(bytes);
                    return wire.isAnswered();
                });
        return wire.response().status();
    }

    private void assertKept() throws Exception {
        WireResponse response = wire.response();
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("{\"id\":\"%s\"}".formatted(ID));
        RawEnvelope kept = SCENE.nextKept();
        assertThat(kept.body()).isEqualTo(ENVELOPE.getBytes(UTF_8));
    }
}
