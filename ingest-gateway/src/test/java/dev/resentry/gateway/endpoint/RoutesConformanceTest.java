package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.ConformanceProjects.KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.PAGES_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.UNKNOWN_KEY;
import static dev.resentry.gateway.endpoint.Rule.ENVELOPE;
import static dev.resentry.gateway.endpoint.Rule.EVENT;
import static dev.resentry.gateway.endpoint.Rule.ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, methods and responses of the ingest routes (ingest protocol, section 1.1). */
class RoutesConformanceTest {
    private static final String PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    private static final String MULTIPART = "multipart/form-data; boundary=b0undary";
    private static final String FORM = """
            --b0undary\r
            Content-Disposition: form-data; name="upload_file_minidump"; filename="a.dmp"\r
            \r
            MDMPxxxx\r
            --b0undary--\r
            """;
    private static final IngestScene SCENE = new IngestScene();

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @TestFactory
    Stream<DynamicTest> envelopesComeByEveryFormOfTheirPath() {
        return Stream.of(
                        "/api/42/envelope/",
                        "/api/42/envelope",
                        "/api/v1/42/envelope/",
                        "/api/v1/42/envelope",
                        "//api/42/envelope/",
                        "/api//42///envelope//",
                        "//api//v1//42//envelope",
                        "/api/042/envelope/",
                        "http://elsewhere.example/api/42/envelope/",
                        "/api/42/envelope/#fragment",
                        "/api/42/envelope/?a=//b")
                .flatMap(path -> SCENE.show(
                        Rule.of("1.1", path).post(path).auth().body(ENVELOPE).keptWithId(Endpoint.ENVELOPE)));
    }

    @TestFactory
    Stream<DynamicTest> everyOtherRouteHasBothSlashForms() {
        return Stream.of("", "/")
                .flatMap(slash -> Stream.of("/api/", "/api/v1/", "//api//")
                        .flatMap(base -> SCENE.show(
                                route(base + "42/store" + slash).body(EVENT).keptWithId(Endpoint.STORE),
                                route(base + "42/security" + slash)
                                        .type("application/csp-report")
                                        .body("{}")
                                        .kept(Endpoint.SECURITY, 200, "")
                                        .newEventId(),
                                route(base + "42/csp-report" + slash)
                                        .type("application/csp-report")
                                        .body("{}")
                                        .kept(Endpoint.SECURITY, 200, "")
                                        .newEventId(),
                                route(base + "42/nel" + slash)
                                        .type("application/reports+json")
                                        .body("[]")
                                        .kept(Endpoint.NEL, 200, ""),
                                route(base + "42/minidump" + slash)
                                        .type(MULTIPART)
                                        .body(FORM)
                                        .keptWithNewId(Endpoint.MINIDUMP),
                                Rule.of("1.1", base + "42/unreal/{key}" + slash)
                                        .post(base + "42/unreal/" + KEY + slash)
                                        .body("crash")
                                        .keptWithNewId(Endpoint.UNREAL),
                                route(base + "42/events/" + ID + "/attachments" + slash)
                                        .type(MULTIPART)
                                        .body(FORM)
                                        .kept(Endpoint.ATTACHMENTS, 201, "")
                                        .eventId(ID),
                                route(base + "42/cron/nightly" + slash + "?status=ok")
                                        .kept(Endpoint.CRON, 202, "")
                                        .query("status=ok")
                                        .slug("nightly"),
                                Rule.of("1.1", base + "42/cron/nightly/{key}" + slash + "?status=ok")
                                        .get(base + "42/cron/nightly/" + KEY + slash + "?status=ok")
                                        .kept(Endpoint.CRON, 202, "")
                                        .query("status=ok")
                                        .slug("nightly"),
                                route(base + "42/integration/otlp/v1/traces" + slash)
                                        .type("application/json")
                                        .body("{}")
                                        .keptWithoutId(Endpoint.OTLP_TRACES),
                                route(base + "42/integration/otlp/v1/logs" + slash)
                                        .type("application/json")
                                        .body("{}")
                                        .keptWithoutId(Endpoint.OTLP_LOGS),
                                route(base + "42/otlp/v1/traces" + slash)
                                        .type("application/json")
                                        .body("{}")
                                        .keptWithoutId(Endpoint.OTLP_TRACES))));
    }

    @TestFactory
    Stream<DynamicTest> preflightsNeedNoCredentialsAndStoreNothing() {
        return everyPath()
                .flatMap(path -> SCENE.show(Rule.of("1.5", "OPTIONS of " + path)
                        .method("OPTIONS", path)
                        .header("Origin", "null")
                        .answered(200)
                        .withHeader("Access-Control-Max-Age", "3600")
                        .withHeader(
                                "Access-Control-Allow-Methods",
                                reads(path) ? "GET, HEAD, POST, OPTIONS" : "POST, OPTIONS")
                        .withHeader(
                                "Access-Control-Allow-Headers",
                                "x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, "
                                        + "authentication, authorization, content-encoding, transfer-encoding")
                        .withHeader("Content-Length", "0")));
    }

    @TestFactory
    Stream<DynamicTest> preflightsAreAnsweredWithoutFurtherChecks() {
        return SCENE.show(
                preflight("a project that is not there", "/api/999/envelope/"),
                preflight("a project that is no number", "/api/x/store/"),
                preflight("an event id that is none", "/api/42/events/x/attachments/"),
                preflight("a key that is none", "/api/42/unreal/x/"),
                preflight("slashes to fold", "//api//42//envelope"),
                preflight("an encoding that is none", "/api/42/envelope/").encoding("lzma"),
                preflight("credentials that are none", "/api/42/envelope/?sentry_key=x"),
                preflight("a page that may not send", "/api/46/envelope/").header("Origin", "https://evil.example"));
    }

    private static Rule preflight(String words, String path) {
        return Rule.of("1.5", "OPTIONS of " + words)
                .method("OPTIONS", path)
                .answered(200)
                .withHeader("Access-Control-Max-Age", "3600");
    }

    @TestFactory
    Stream<DynamicTest> wrongMethodsAreToldTheRightOnes() {
        return everyPath()
                .flatMap(path -> Stream.of(
                                "PUT", "DELETE", "PATCH", reads(path) || isReadByApi(path) ? "TRACE" : "GET", "post")
                        .flatMap(method -> SCENE.show((isReport(path)
                                        ? Rule.report("1.1", "%s of %s".formatted(method, path), path)
                                        : Rule.of("1.1", "%s of %s".formatted(method, path)))
                                .method(method, path)
                                .auth()
                                .rejected(405, "method not allowed", method + " (expected: ")
                                .withHeader("Allow", reads(path) ? "GET, HEAD, POST, OPTIONS" : "POST, OPTIONS"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/events", "GET /api/v1/events/?limit=1"})
    void whatIsStoredIsReadOfTheQueryApiWhereReportsArePosted(String line) throws Exception {
        try (Wire wire = SCENE.connect()) {
            wire.say(line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(wire.response().status()).isEqualTo(404);
        }
    }

    @TestFactory
    Stream<DynamicTest> projectsAreNumbers() {
        return SCENE.show(
                badProject("letters", "abc"),
                badProject("zero", "0"),
                badProject("negative", "-42"),
                badProject("a sign", "+42"),
                badProject("a fraction", "4.2"),
                badProject("more than fits", "99999999999999999999"),
                badProject("percent-encoded", "4%32"),
                badProject("digits of another script", "\u00b2"));
    }

    @TestFactory
    Stream<DynamicTest> storeTakesOneEvent() {
        return SCENE.show(
                store("by id").body(EVENT).keptWithId(Endpoint.STORE),
                store("without an id gets one").body("{\"message\":\"x\"}").keptWithNewId(Endpoint.STORE),
                store("base64 of JSON").body(base64(EVENT)).keptWithId(Endpoint.STORE),
                store("base64 of zlib").body(base64(zlib(EVENT))).keptWithId(Endpoint.STORE),
                store("an id behind all else")
                        .body("{\"message\":\"%s\",\"event_id\":\"%s\"}".formatted("x".repeat(20_000), ID))
                        .keptWithId(Endpoint.STORE),
                store("an id behind all else, compressed")
                        .encoding("gzip")
                        .body(LimitedScene.gzip(
                                "{\"message\":\"%s\",\"event_id\":\"%s\"}".formatted("x".repeat(20_000), ID)))
                        .keptWithId(Endpoint.STORE),
                store("more than an event may have is the processor's")
                        .encoding("gzip")
                        .body(LimitedScene.gzip(
                                "{\"message\":\"%s\",\"event_id\":\"%s\"}".formatted("x".repeat(2_000_000), ID)))
                        .keptWithNewId(Endpoint.STORE),
                store("a form's content type is ignored")
                        .type("application/x-www-form-urlencoded")
                        .body(EVENT)
                        .keptWithId(Endpoint.STORE),
                store("an envelope by its content type")
                        .type("application/x-sentry-envelope")
                        .body(ENVELOPE)
                        .keptWithId(Endpoint.ENVELOPE),
                store("JSON that is broken is the processor's")
                        .body("{\"message\":")
                        .keptWithNewId(Endpoint.STORE),
                store("nothing").rejected(400, "empty request body"),
                Rule.of("1.1", "store by key only, in a header")
                        .post("/api/store/")
                        .auth()
                        .body(EVENT)
                        .keptWithId(Endpoint.STORE),
                Rule.of("1.1", "store by key only, in the query, without slash")
                        .post("/api/store?sentry_key=" + KEY)
                        .body(EVENT)
                        .keptWithId(Endpoint.STORE),
                Rule.of("1.1", "store by key only finds the key's own project")
                        .post("/api/store/?sentry_key=" + PAGES_KEY)
                        .body(EVENT)
                        .keptWithId(Endpoint.STORE)
                        .ofProject(45, PAGES_KEY),
                Rule.of("1.1", "store by a key of no project")
                        .post("/api/store/?sentry_key=" + UNKNOWN_KEY)
                        .body(EVENT)
                        .rejected(403, "no project has this key"),
                Rule.of("1.1", "store by no key")
                        .post("/api/store/")
                        .body(EVENT)
                        .rejected(401, "missing authorization"),
                Rule.of("1.1", "an envelope to the store without a project")
                        .post("/api/store/")
                        .auth()
                        .type("application/x-sentry-envelope")
                        .body(ENVELOPE)
                        .keptWithId(Endpoint.ENVELOPE));
    }

    @TestFactory
    Stream<DynamicTest> oldBrowsersSendAnEventInTheQueryOfAnImage() {
        return Stream.of(
                        data("JSON", "%7B%22event_id%22:%22" + ID + "%22,%22message%22:%22x%22%7D")
                                .bodyIs(EVENT)
                                .eventId(ID),
                        data("base64 of JSON", percent(base64(EVENT)))
                                .bodyIs(base64(EVENT))
                                .eventId(ID),
                        data("base64 of zlib", percent(base64(zlib(EVENT))))
                                .bodyIs(base64(zlib(EVENT)))
                                .eventId(ID),
                        data("beyond ASCII", "%7B%22message%22%3A%22%C3%A9%E2%82%AC%22%7D")
                                .bodyIs("{\"message\":\"é€\"}")
                                .newEventId())
                .flatMap(rule -> SCENE.show(rule.kept(Endpoint.STORE, 200)
                        .withHeader("Content-Type", "image/gif")
                        .withHeader(
                                "Content-Length",
                                Integer.toString(Base64.getDecoder().decode(PIXEL).length))));
    }

    @TestFactory
    Stream<DynamicTest> oldBrowsersNeedData() {
        return SCENE.show(
                Rule.of("1.1", "GET without sentry_data")
                        .get("/api/42/store/?sentry_key=" + KEY)
                        .rejected(400, "empty request body"),
                Rule.of("1.1", "GET with empty sentry_data")
                        .get("/api/42/store/?sentry_data=&sentry_key=" + KEY)
                        .rejected(400, "empty request body"),
                Rule.of("1.1", "GET with broken percent-encoding")
                        .get("/api/42/store/?sentry_data=%7&sentry_key=" + KEY)
                        .rejected(400, "empty request body"),
                Rule.of("1.1", "GET without a key")
                        .get("/api/42/store/?sentry_data=%7B%7D")
                        .rejected(401, "missing"),
                Rule.of("1.1", "HEAD keeps as GET does and answers no body")
                        .method("HEAD", "/api/42/store/?sentry_data=%7B%7D&sentry_key=" + KEY)
                        .kept(Endpoint.STORE, 200)
                        .newEventId()
                        .bodyIs("{}")
                        .withHeader("Content-Type", "image/gif"),
                Rule.of("1.1", "HEAD of the store by key only")
                        .method("HEAD", "/api/store/?sentry_data=%7B%7D&sentry_key=" + KEY)
                        .kept(Endpoint.STORE, 200)
                        .newEventId()
                        .bodyIs("{}"),
                Rule.of("1.1", "HEAD that is refused answers no body either")
                        .method("HEAD", "/api/42/store/?sentry_data=%7B%7D")
                        .answered(401));
    }

    @Test
    void thePixelResponseIsATransparentGif() throws Exception {
        try (Wire wire = SCENE.connect()) {
            wire.say("GET /api/42/store/?sentry_data=%7B%7D&sentry_key=" + KEY + " HTTP/1.1\r\nHost: x\r\n\r\n");
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(wire.response().body()));

            assertThat(image.getWidth()).isOne();
            assertThat(image.getHeight()).isOne();
            assertThat(image.getRGB(0, 0) >>> 24).as("opacity").isZero();
        }
    }

    @ParameterizedTest(name = "1.1: {0}")
    @ValueSource(
            strings = {
                "/",
                "/api/",
                "/api/42/",
                "/api/42/unknown/",
                "/api/42/envelope/more/",
                "/api/v2/42/envelope/",
                "/api/v1/store/",
                "/api/42/playstation/",
                "/api/42/upload/",
                "/api/0/relays/register/challenge/",
                "/api/42/integration/otlp/v2/traces",
                "/api/42/integration/otlp/v1/metrics",
                "/API/42/envelope/",
                "/api/42/Envelope/",
                "/api/42/env%65lope/",
                "/a/b/c/d/e/f/g/h/i/j"
            })
    void whatIsNoRouteIsNotFound(String path) throws Exception {
        SCENE.forget();
        try (Wire wire = SCENE.connect()) {
            wire.say("POST %s HTTP/1.1\r\nHost: x\r\nX-Sentry-Auth: %s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(path, Rule.AUTH, ENVELOPE.length(), ENVELOPE));

            assertThat(wire.response().status()).isEqualTo(404);
        }
        SCENE.assertNothingElseKept();
    }

    private static Rule route(String path) {
        return Rule.of("1.1", path).post(path).auth();
    }

    private static Rule badProject(String words, String project) {
        return Rule.of("1.2", "a project id that is no number: " + words)
                .post("/api/%s/envelope/".formatted(project))
                .auth()
                .body(ENVELOPE)
                .rejected(400, "bad project path parameter");
    }

    private static Rule store(String words) {
        return Rule.of("1.1", "store: " + words).post("/api/42/store/").auth();
    }

    private static Rule data(String words, String data) {
        return Rule.of("1.1", "sentry_data: " + words)
                .get("/api/42/store/?sentry_version=7&sentry_key=%s&sentry_data=%s".formatted(KEY, data));
    }

    private static Stream<String> everyPath() {
        return List.of(
                "/api/42/envelope/",
                "/api/42/store/",
                "/api/store/",
                "/api/42/security/",
                "/api/42/csp-report/",
                "/api/42/nel/",
                "/api/42/minidump",
                "/api/42/unreal/" + KEY + "/",
                "/api/42/events/" + ID + "/attachments/",
                "/api/42/cron/nightly",
                "/api/42/cron/nightly/" + KEY,
                "/api/42/integration/otlp/v1/traces",
                "/api/42/integration/otlp/v1/logs",
                "/api/42/otlp/v1/traces",
                "/api/v1/events",
                "/api/v1/events/ingest/shop",
                "/api/v1/events/ingest/token/" + KEY,
                "/api/v1/sessions/ingest/token/" + KEY)
                .stream();
    }

    private static boolean reads(String path) {
        return path.contains("/store/") || path.contains("/cron/") || path.contains("/error-page");
    }

    /** Where reports are posted, what is stored is read, of the query API. */
    private static boolean isReadByApi(String path) {
        return path.equals("/api/v1/events");
    }

    private static boolean isReport(String path) {
        return path.equals("/api/v1/events") || path.contains("/ingest/");
    }

    private static String percent(String base64) {
        return base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    }

    private static String base64(String text) {
        return base64(text.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] zlib(String text) {
        var out = new ByteArrayOutputStream();
        try (var zlib = new DeflaterOutputStream(out)) {
            zlib.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
