package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.ConformanceProjects.KEY;
import static dev.resentry.gateway.endpoint.IngestScene.MAX_BODY;
import static dev.resentry.gateway.endpoint.Rule.AUTH;
import static dev.resentry.gateway.endpoint.Rule.ENVELOPE;
import static dev.resentry.gateway.endpoint.Rule.EVENT;
import static dev.resentry.gateway.endpoint.Rule.ID;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import dev.resentry.model.envelope.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Bodies of every kind of route, and how they are encoded (ingest protocol, sections 1.1, 1.7 and 4). */
class BodiesConformanceTest {
    private static final String MULTIPART = "multipart/form-data; boundary=b0undary";
    private static final String FORM = "--b0undary\r\n\r\nx\r\n--b0undary--\r\n";
    private static final String DUMP_FIELD = "form-data; name=\"upload_file_minidump\"; filename=\"a.dmp\"";
    private static final String SUPPORTED = "identity, gzip, deflate, br, zstd";
    private static final IngestScene SCENE = new IngestScene();

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @TestFactory
    Stream<DynamicTest> browsersReportsHaveTypesOfTheirOwn() {
        Stream<DynamicTest> security = Stream.of(
                        "application/json",
                        "application/csp-report",
                        "application/expect-ct-report",
                        "application/expect-ct-report+json",
                        "application/expect-staple-report",
                        "application/csp-report; charset=utf-8",
                        "Application/CSP-Report",
                        "application/reports+json")
                .flatMap(type -> SCENE.show(to("security", "security as " + type)
                        .type(type)
                        .body("{}")
                        .kept(Endpoint.SECURITY, 200, "")
                        .newEventId()));
        Stream<DynamicTest> nel = Stream.of("application/json", "application/reports+json;charset=utf-8")
                .flatMap(type -> SCENE.show(
                        to("nel", "nel as " + type).type(type).body("[]").kept(Endpoint.NEL, 200, "")));
        Stream<DynamicTest> wrong = Stream.of("text/plain", "application/csp-reports", "application/", "json")
                .flatMap(type -> SCENE.show(
                        to("security", "security as " + type)
                                .type(type)
                                .body("{}")
                                .rejected(415, "supported: "),
                        to("csp-report", "csp-report as " + type)
                                .type(type)
                                .body("{}")
                                .rejected(415, "application/csp-report"),
                        to("nel", "nel as " + type).type(type).body("[]").rejected(415, "application/reports+json")));
        Stream<DynamicTest> others = SCENE.show(
                to("security", "security without a type").body("{}").rejected(415, "unsupported content type ''"),
                to("nel", "nel as a security report")
                        .type("application/csp-report")
                        .body("[]")
                        .rejected(415, "unsupported content type"),
                to("security", "a compressed security report")
                        .type("application/csp-report")
                        .encoding("br")
                        .body(brotli("{}"))
                        .kept(Endpoint.SECURITY, 200, "")
                        .newEventId(),
                to("csp-report", "an empty csp-report")
                        .type("application/csp-report")
                        .rejected(400, "empty request body"),
                to("security", "an empty security report")
                        .type("application/json")
                        .rejected(400, "empty request body"),
                to("nel", "an empty nel report").type("application/json").rejected(400, "empty request body"),
                Rule.of("1.1", "release and environment stand in the query, without the credentials")
                        .post("/api/42/security/?sentry_release=1%200&sentry_key=" + KEY
                                + "&sentry_version=7&sentry_client=x&sentry_environment=prod")
                        .type("application/csp-report")
                        .body("{}")
                        .kept(Endpoint.SECURITY, 200, "")
                        .newEventId()
                        .query("sentry_release=1%200&sentry_environment=prod"));
        return Stream.of(security, nel, wrong, others).flatMap(tests -> tests);
    }

    @TestFactory
    Stream<DynamicTest> minidumpsComeInFormsOrAlone() {
        Stream<DynamicTest> alone = Stream.of("MDMP", "PMDM", "\u001f\u008b00", "(\u00b5/\u00fd", "\u00fd7zXZ", "BZh9")
                .flatMap(magic -> Stream.of("application/octet-stream", "application/x-dmp", "text/plain")
                        .flatMap(type -> SCENE.show(minidump("alone, begins as %s, as %s".formatted(magic, type))
                                .type(type)
                                .body((magic + "rest").getBytes(ISO_8859_1))
                                .keptWithNewId(Endpoint.MINIDUMP)
                                .withHeader("Content-Type", "text/plain")
                                .withHeader("Content-Length", "36"))));
        Stream<DynamicTest> others = SCENE.show(
                minidump("a form").type(MULTIPART).body(form(DUMP_FIELD)).keptWithNewId(Endpoint.MINIDUMP),
                minidump("alone without a type").body("MDMPx").keptWithNewId(Endpoint.MINIDUMP),
                minidump("a compressed form, which is not looked into")
                        .type(MULTIPART)
                        .encoding("gzip")
                        .body(gzip(FORM))
                        .keptWithNewId(Endpoint.MINIDUMP),
                minidump("compressed, which is not looked into")
                        .type("application/x-dmp")
                        .encoding("gzip")
                        .body(gzip("MDMPrest"))
                        .keptWithNewId(Endpoint.MINIDUMP),
                minidump("a wrong beginning")
                        .type("application/octet-stream")
                        .body("ELF0rest")
                        .rejected(400, "invalid minidump"),
                minidump("too short for a beginning")
                        .type("application/x-dmp")
                        .body("MDM")
                        .rejected(400, "invalid minidump"),
                minidump("nothing").type("application/x-dmp").rejected(400, "empty request body"),
                minidump("a form of nothing").type(MULTIPART).rejected(400, "empty request body"),
                minidump("a form without a boundary")
                        .type("multipart/form-data")
                        .body(FORM)
                        .rejected(400, "invalid multipart body"),
                minidump("a form with an empty boundary")
                        .type("multipart/form-data; boundary=")
                        .body(FORM)
                        .rejected(400, "invalid multipart body"),
                minidump("without a key")
                        .header("X-Sentry-Auth", "")
                        .body("MDMP")
                        .rejected(401, "missing"));
        return Stream.concat(alone, others);
    }

    /** How crash reporters write the part that holds the dump. */
    @TestFactory
    Stream<DynamicTest> formsOfCrashReportersHaveTheDumpInItsField() {
        return Stream.of(
                        form("form-data; name=\"guid\"", DUMP_FIELD),
                        form(DUMP_FIELD, "form-data; name=\"sentry\""),
                        form("form-data; name=\"log\"; filename=\"a.log\"", "form-data; name=\"sentry\"", DUMP_FIELD),
                        form("form-data; name=upload_file_minidump; filename=a.dmp"),
                        form("form-data; filename=\"a.dmp\"; name=\"upload_file_minidump\""),
                        form(DUMP_FIELD).replace("Content-Disposition", "content-disposition"),
                        form(DUMP_FIELD).replace("Content-Disposition", "Content-Type: x/y\r\nContent-Disposition"),
                        "a preamble\r\n" + form(DUMP_FIELD))
                .flatMap(body -> SCENE.show(minidump("a form: " + body.replaceAll("\\s+", " "))
                        .type(MULTIPART)
                        .body(body)
                        .keptWithNewId(Endpoint.MINIDUMP)));
    }

    @TestFactory
    Stream<DynamicTest> aFormWithoutADumpInItsFieldIsRefused() {
        return Stream.of(
                        FORM,
                        form("form-data; name=\"sentry\""),
                        form("form-data; name=\"upload_file\"; filename=\"upload_file_minidump\""),
                        form("form-data; name=\"x\"").replace("MDMPx", "name=\"upload_file_minidump\""),
                        form(DUMP_FIELD).replace("b0undary", "another"),
                        "--b0undary--\r\n",
                        "no form")
                .flatMap(body -> SCENE.show(minidump("a form without: " + body.replaceAll("\\s+", " "))
                        .type(MULTIPART)
                        .body(body)
                        .rejected(400, "invalid minidump", "the form has no field 'upload_file_minidump'")));
    }

    @TestFactory
    Stream<DynamicTest> otherFilesOfEvents() {
        return SCENE.show(
                Rule.of("1.1", "unreal, with who it happened to in the query")
                        .post("/api/42/unreal/%s/?UserID=a%%7Cb&AppVersion=1".formatted(KEY))
                        .body("crash")
                        .keptWithNewId(Endpoint.UNREAL)
                        .query("UserID=a%7Cb&AppVersion=1"),
                Rule.of("1.1", "unreal, nothing").post("/api/42/unreal/" + KEY).rejected(400, "empty request body"),
                attachments("a dashed id in capitals", "9EC79C33-EC99-42AB-8353-589FCB2E04DC")
                        .type(MULTIPART)
                        .body(FORM)
                        .kept(Endpoint.ATTACHMENTS, 201, "")
                        .eventId(ID),
                attachments("another kind of form", ID)
                        .type("multipart/mixed;boundary=\"b0undary\"")
                        .body(FORM)
                        .kept(Endpoint.ATTACHMENTS, 201, "")
                        .eventId(ID),
                attachments("an id that is none", "x")
                        .type(MULTIPART)
                        .body(FORM)
                        .rejected(400, "bad event id 'x'"),
                attachments("an id that is too short", ID.substring(1))
                        .type(MULTIPART)
                        .body(FORM)
                        .rejected(400, "bad event id"),
                attachments("no form", ID)
                        .type("application/octet-stream")
                        .body(FORM)
                        .rejected(400, "invalid multipart body"),
                attachments("no type", ID).body(FORM).rejected(400, "invalid multipart body"),
                attachments("no boundary", ID)
                        .type("multipart/form-data")
                        .body(FORM)
                        .rejected(400, "expected multipart/form-data with a boundary"),
                attachments("nothing", ID).type(MULTIPART).rejected(400, "empty request body"));
    }

    @TestFactory
    Stream<DynamicTest> checkInsByQuery() {
        Stream<DynamicTest> statuses = Stream.of("in_progress", "ok", "error")
                .flatMap(status -> Stream.of("GET", "POST", "HEAD")
                        .flatMap(method -> SCENE.show(Rule.of("1.1", "check-in by %s: %s".formatted(method, status))
                                .method(method, "/api/42/cron/nightly/%s?status=%s".formatted(KEY, status))
                                .kept(Endpoint.CRON, 202)
                                .query("status=" + status)
                                .slug("nightly"))));
        return Stream.concat(
                statuses,
                SCENE.show(
                        cron("all of its parameters, but not the key")
                                .get(
                                        "/api/42/cron/nightly/?sentry_key=%s&status=ok&check_in_id=%s&environment=prod&duration=1.5"
                                                .formatted(KEY, ID))
                                .kept(Endpoint.CRON, 202, "")
                                .query("status=ok&check_in_id=%s&environment=prod&duration=1.5".formatted(ID))
                                .slug("nightly"),
                        cron("a slug beyond ASCII, percent-encoded")
                                .get("/api/42/cron/%%C3%%A9+%%20a/%s?status=ok".formatted(KEY))
                                .kept(Endpoint.CRON, 202, "")
                                .query("status=ok")
                                .slug("é+ a"),
                        cron("a body of another type is not looked at")
                                .post("/api/42/cron/nightly?status=ok")
                                .auth()
                                .type("text/plain")
                                .body("{\"status\":\"error\"}")
                                .kept(Endpoint.CRON, 202, "")
                                .bodyIs("")
                                .query("status=ok")
                                .slug("nightly"),
                        cron("no status").get("/api/42/cron/nightly").auth().rejected(400, "status: missing"),
                        cron("an empty status")
                                .get("/api/42/cron/nightly?status=")
                                .auth()
                                .rejected(400, "status:  (expected: in_progress, ok or error)"),
                        cron("a status that is none")
                                .get("/api/42/cron/nightly?status=fine")
                                .auth()
                                .rejected(400, "status: fine (expected: in_progress, ok or error)"),
                        cron("a status that only servers give")
                                .get("/api/42/cron/nightly?status=missed")
                                .auth()
                                .rejected(400, "status: missed"),
                        cron("a duration that is none")
                                .get("/api/42/cron/nightly?status=ok&duration=abc")
                                .auth()
                                .rejected(400, "duration: expected a number"),
                        cron("an id that is none")
                                .get("/api/42/cron/nightly?status=ok&check_in_id=zz")
                                .auth()
                                .rejected(400, "check_in_id: expected a UUID"),
                        cron("an environment that is too long")
                                .get("/api/42/cron/nightly?status=ok&environment=" + "x".repeat(65))
                                .auth()
                                .rejected(400, "environment: has 65 characters (expected: at most 64)"),
                        cron("a blank slug")
                                .get("/api/42/cron/%20?status=ok")
                                .auth()
                                .rejected(400, "monitor_slug: is empty"),
                        cron("a slug with a NUL")
                                .get("/api/42/cron/a%00b?status=ok")
                                .auth()
                                .rejected(400, "monitor_slug: is empty or has a NUL"),
                        cron("no key").get("/api/42/cron/nightly?status=ok").rejected(401, "missing")));
    }

    @TestFactory
    Stream<DynamicTest> checkInsByBody() {
        return SCENE.show(
                checkIn("the least")
                        .body("{\"status\":\"ok\"}")
                        .kept(Endpoint.CRON, 202, "")
                        .slug("nightly"),
                checkIn("the type with a parameter")
                        .type("application/json; charset=utf-8")
                        .body("{\"status\":\"ok\"}")
                        .kept(Endpoint.CRON, 202, "")
                        .slug("nightly"),
                checkIn("everything")
                        .body(
                                "{\"check_in_id\":\"%s\",\"status\":\"in_progress\",\"duration\":1.5,\"environment\":\"prod\",\"monitor_config\":{\"schedule\":{}}}"
                                        .formatted(ID))
                        .kept(Endpoint.CRON, 202, "")
                        .slug("nightly"),
                checkIn("unknown fields")
                        .body("{\"status\":\"ok\",\"x\":1}")
                        .kept(Endpoint.CRON, 202, "")
                        .slug("nightly"),
                checkIn("the slug of the path counts")
                        .body("{\"status\":\"ok\",\"monitor_slug\":\"other\"}")
                        .kept(Endpoint.CRON, 202, "")
                        .slug("nightly"),
                checkIn("gzip")
                        .encoding("gzip")
                        .body(gzip("{\"status\":\"ok\"}"))
                        .kept(Endpoint.CRON, 202, "")
                        .slug("nightly"),
                checkIn("gzip that is none").encoding("gzip").body("{}").rejected(400, "not valid gzip"),
                checkIn("more than it may be, decoded")
                        .encoding("gzip")
                        .body(gzip(" ".repeat(1024 * 1024) + "{}"))
                        .rejected(413, "larger than 1048576 bytes"),
                checkIn("no JSON").body("{\"status\":").rejected(400, "invalid JSON data", "line 1, column"),
                checkIn("nothing").rejected(400, "invalid JSON data"),
                checkIn("a list").body("[]").rejected(400, "expected a JSON object"),
                checkIn("no status").body("{}").rejected(422, "status: is missing"),
                checkIn("a status that is not known here")
                        .body("{\"status\":\"fine\"}")
                        .kept(Endpoint.CRON, 202, "")
                        .slug("nightly"),
                checkIn("a status that is no text").body("{\"status\":5}").rejected(422, "status: expected a text"),
                checkIn("a wrong id")
                        .body("{\"status\":\"ok\",\"check_in_id\":\"x\"}")
                        .rejected(422, "check_in_id"),
                checkIn("a duration below zero")
                        .body("{\"status\":\"ok\",\"duration\":-1}")
                        .rejected(422, "duration"),
                checkIn("a duration that is a text")
                        .body("{\"status\":\"ok\",\"duration\":\"1\"}")
                        .rejected(422, "duration"),
                checkIn("a configuration that is a list")
                        .body("{\"status\":\"ok\",\"monitor_config\":[]}")
                        .rejected(422, "monitor_config: expected an object, got a list"),
                checkIn("several at once")
                        .body("{\"status\":1,\"duration\":\"x\",\"environment\":2}")
                        .rejected(422, "status:", "duration:", "environment:"));
    }

    @TestFactory
    Stream<DynamicTest> otlpAnswersInTheRequestsFormat() {
        return Stream.of("traces", "logs").flatMap(signal -> {
            Endpoint endpoint = signal.equals("traces") ? Endpoint.OTLP_TRACES : Endpoint.OTLP_LOGS;
            return SCENE.show(
                    otlp("JSON", signal)
                            .type("application/json; charset=utf-8")
                            .body("{}")
                            .keptWithoutId(endpoint)
                            .withHeader("Content-Type", "application/json"),
                    otlp("protobuf", signal)
                            .type("application/x-protobuf")
                            .body(new byte[] {10, 0})
                            .kept(endpoint, 200, "")
                            .withHeader("Content-Type", "application/x-protobuf"),
                    otlp("nothing in protobuf, which is an empty export", signal)
                            .type("application/x-protobuf")
                            .kept(endpoint, 200, ""),
                    otlp("gzip", signal)
                            .type("application/json")
                            .encoding("gzip")
                            .body(gzip("{}"))
                            .keptWithoutId(endpoint),
                    otlp("text", signal).type("text/plain").body("{}").rejected(415, "application/x-protobuf"),
                    otlp("no type", signal).body("{}").rejected(415, "unsupported content type"),
                    Rule.of("1.1", "OTLP %s without a key".formatted(signal))
                            .post("/api/42/integration/otlp/v1/" + signal)
                            .type("application/json")
                            .body("{}")
                            .rejected(401, "missing"));
        });
    }

    @TestFactory
    Stream<DynamicTest> encodingsInAnyCase() {
        Map<String, byte[]> encoded = new TreeMap<>(Map.of(
                "gzip", gzip(ENVELOPE),
                "GZip", gzip(ENVELOPE),
                "x-gzip", gzip(ENVELOPE),
                "deflate", zlib(ENVELOPE),
                "DEFLATE", zlib(ENVELOPE),
                "br", brotli(ENVELOPE),
                "Br", brotli(ENVELOPE),
                "zstd", Zstd.compress(ENVELOPE.getBytes(UTF_8)),
                "ZSTD", Zstd.compress(ENVELOPE.getBytes(UTF_8))));
        Stream<DynamicTest> good = encoded.entrySet().stream()
                .flatMap(entry -> SCENE.show(encoded("kept as it came: " + entry.getKey(), entry.getKey())
                        .body(entry.getValue())
                        .keptWithId(Endpoint.ENVELOPE)));
        Stream<DynamicTest> absent = Stream.of("", "identity", "Identity", "utf-8", "UTF-8", "utf8")
                .flatMap(token -> SCENE.show(encoded("none: '%s'".formatted(token), token)
                        .body(ENVELOPE)
                        .keptWithId(Endpoint.ENVELOPE)));
        Stream<DynamicTest> unknown = Stream.of("lzma", "gzip, identity", "compress", "snappy", "gzip;q=1", "*")
                .flatMap(token -> SCENE.show(encoded("unknown: " + token, token)
                        .body(ENVELOPE)
                        .rejected(415, "unsupported content encoding '" + token + "'", SUPPORTED)
                        .withHeader("Accept-Encoding", SUPPORTED)));
        Stream<DynamicTest> wrong = Stream.of("gzip", "br", "zstd")
                .flatMap(token -> SCENE.show(
                        encoded("what is not even at its beginning " + token, token)
                                .body(ENVELOPE)
                                .rejected(400, "not valid " + token),
                        encoded("nothing, as " + token, token).rejected(400, "empty request body")));
        Stream<DynamicTest> others = SCENE.show(
                encoded("a stream that breaks off behind the first line is the processor's", "gzip")
                        .body(half(gzip(ENVELOPE + "x".repeat(50_000))))
                        .keptWithId(Endpoint.ENVELOPE),
                encoded("a stream that breaks off in its header", "gzip")
                        .body(Arrays.copyOf(gzip(ENVELOPE), 5))
                        .rejected(400, "not valid gzip"),
                encoded("a bomb is the processor's", "gzip")
                        .body(gzip("{}\n{\"type\":\"attachment\"}\n" + "\0".repeat(20_000_000)))
                        .keptWithNewId(Endpoint.ENVELOPE),
                encoded("bare deflate", "deflate").body(bareDeflate(ENVELOPE)).keptWithId(Endpoint.ENVELOPE),
                encoded("the first line is judged decoded", "gzip")
                        .body(gzip("[]\n"))
                        .rejected(400, "invalid event envelope"),
                Rule.of("4", "a dsn in a compressed envelope")
                        .post("/api/42/envelope/")
                        .encoding("br")
                        .body(brotli("{\"dsn\":\"%s\"}\n".formatted(ConformanceProjects.dsn(KEY, 42))))
                        .keptWithoutId(Endpoint.ENVELOPE),
                to("store", "a compressed event's own id")
                        .encoding("zstd")
                        .body(Zstd.compress(EVENT.getBytes(UTF_8)))
                        .keptWithId(Endpoint.STORE),
                Rule.of("4", "an address has no encoding")
                        .get("/api/42/store/?sentry_data=%7B%22event_id%22:%22" + ID + "%22%7D")
                        .auth()
                        .encoding("gzip")
                        .kept(Endpoint.STORE, 200)
                        .eventId(ID)
                        .bodyIs("{\"event_id\":\"" + ID + "\"}"),
                Rule.report("4", "unknown, at a door of our own", "/api/v1/events")
                        .encoding("lzma")
                        .body("{}")
                        .rejected(415, SUPPORTED)
                        .withHeader("Accept-Encoding", SUPPORTED));
        return Stream.of(good, absent, unknown, wrong, others).flatMap(tests -> tests);
    }

    @TestFactory
    Stream<DynamicTest> sizesToTheByte() {
        return SCENE.show(
                Rule.of("1.1", "the largest envelope")
                        .post("/api/42/envelope/")
                        .auth()
                        .body("{}\n" + "x".repeat(MAX_BODY - 3))
                        .keptWithoutId(Endpoint.ENVELOPE),
                Rule.of("1.2", "an envelope with one byte more")
                        .post("/api/42/envelope/")
                        .auth()
                        .body("{}\n" + "x".repeat(MAX_BODY - 2))
                        .rejected(413, "larger than 100000 bytes"),
                to("store", "the largest event").body(" ".repeat(MAX_BODY)).keptWithNewId(Endpoint.STORE),
                to("store", "an event with one byte more")
                        .body(" ".repeat(MAX_BODY + 1))
                        .rejected(413, "100000"),
                Rule.report("S5", "a report with one byte more", "/api/v1/events")
                        .body(" ".repeat(MAX_BODY + 1))
                        .rejected(413, "payload_too_large", "100000"));
    }

    private static Rule to(String word, String words) {
        return Rule.of("1.1", words).post("/api/42/%s/".formatted(word)).auth();
    }

    private static Rule minidump(String words) {
        return Rule.of("1.7", "minidump: " + words).post("/api/42/minidump/").header("X-Sentry-Auth", AUTH);
    }

    /** A form of one part for each content disposition. */
    private static String form(String... dispositions) {
        var form = new StringBuilder();
        for (String disposition : dispositions) {
            form.append("--b0undary\r\nContent-Disposition: %s\r\n\r\nMDMPx\r\n".formatted(disposition));
        }
        return form + "--b0undary--\r\n";
    }

    private static Rule attachments(String words, String id) {
        return Rule.of("1.1", "attachments: " + words)
                .post("/api/42/events/%s/attachments/".formatted(id))
                .auth();
    }

    private static Rule cron(String words) {
        return Rule.of("1.1", "check-in by query: " + words);
    }

    private static Rule checkIn(String words) {
        return Rule.of("3.5", "check-in by body: " + words)
                .post("/api/42/cron/nightly/" + KEY)
                .type("application/json");
    }

    private static Rule otlp(String words, String signal) {
        return Rule.of("1.1", "OTLP %s: %s".formatted(signal, words))
                .post("/api/42/integration/otlp/v1/" + signal)
                .auth();
    }

    private static Rule encoded(String words, String token) {
        return Rule.of("4", words).post("/api/42/envelope/").auth().encoding(token);
    }

    private interface Encoding {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] through(Encoding encoding, String text) {
        var out = new ByteArrayOutputStream();
        try (OutputStream encoder = encoding.over(out)) {
            encoder.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(String text) {
        return through(GZIPOutputStream::new, text);
    }

    private static byte[] zlib(String text) {
        return through(DeflaterOutputStream::new, text);
    }

    private static byte[] bareDeflate(String text) {
        byte[] zlib = zlib(text);
        return Arrays.copyOfRange(zlib, 2, zlib.length - 4);
    }

    private static byte[] brotli(String text) {
        Brotli4jLoader.ensureAvailability();
        try {
            return Encoder.compress(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 20);
    }
}
