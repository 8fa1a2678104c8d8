package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.ConformanceProjects.CLOSED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.DISABLED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.PAGES_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.UNKNOWN_KEY;
import static dev.resentry.gateway.endpoint.Rule.ID;

import dev.resentry.model.envelope.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The dialog of {@code Sentry.showReportDialog()}: its script, and the form that it sends. */
class ErrorPageConformanceTest {
    private static final String FORM_TYPE = "application/x-www-form-urlencoded; charset=UTF-8";
    private static final String PATH = "/api/embed/error-page/";
    private static final IngestScene SCENE = new IngestScene();

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @TestFactory
    Stream<DynamicTest> theScriptIsForPagesThatMaySend() {
        return SCENE.show(
                dialog("a page that may send", query(KEY, 42) + "&title=Oh%20no&name=Ada")
                        .header("Origin", "https://shop.example")
                        .rejected(200, "showModal", "'use strict'")
                        .withHeader("Content-Type", "text/javascript; charset=utf-8")
                        .withHeader("X-Content-Type-Options", "nosniff"),
                Rule.of("feedback", "nothing but its head")
                        .method("HEAD", PATH + query(KEY, 42))
                        .answered(200),
                dialog("without the slash", "")
                        .method("GET", "/api/embed/error-page" + query(KEY, 42))
                        .answered(200),
                dialog("no DSN", "?eventId=" + ID).rejected(400, "\"errors\":{\"dsn\":[\"missing or none"),
                dialog("a DSN that is none", "?dsn=shop&eventId=" + ID).rejected(400, "dsn: missing or none"),
                dialog("no event", "?dsn=" + dsn(KEY, 42)).rejected(400, "\"errors\":{\"eventId\":[\"missing or none"),
                dialog("an event that is none", "?dsn=" + dsn(KEY, 42) + "&eventId=x")
                        .rejected(400, "eventId"),
                dialog("nothing", "").rejected(400, "dsn", "eventId"),
                dialog("a key of no project", query(UNKNOWN_KEY, 42)).rejected(403, "does not belong"),
                dialog("a project that is not there", query(KEY, 999)).rejected(403, "no project 999"),
                dialog("a key that is disabled", query(DISABLED_KEY, 42)).rejected(403, "the key is disabled"),
                dialog("a project that is disabled", query(CLOSED_KEY, 44)).rejected(403, "is disabled"),
                dialog("a page that may not send", query(PAGES_KEY, 45))
                        .header("Origin", "https://evil.example")
                        .rejected(403, "does not take events from https://evil.example"));
    }

    @TestFactory
    Stream<DynamicTest> aReportIsKeptAsItCame() {
        return SCENE.show(
                report("all of it")
                        .body("name=Ada&email=ada%40example.com&comments=It+broke")
                        .kept(Endpoint.ERROR_PAGE, 200, "{}")
                        .eventId(ID),
                report("what happened is enough")
                        .body("name=&email=&comments=%F0%9F%92%A5")
                        .kept(Endpoint.ERROR_PAGE, 200, "{}")
                        .eventId(ID),
                report("from a page")
                        .header("Origin", "https://shop.example")
                        .body("comments=x")
                        .kept(Endpoint.ERROR_PAGE, 200, "{}")
                        .eventId(ID),
                report("what an SDK sends with everything is not needed")
                        .auth()
                        .body("comments=x")
                        .kept(Endpoint.ERROR_PAGE, 200, "{}")
                        .eventId(ID),
                report("gzip")
                        .encoding("gzip")
                        .body(LimitedScene.gzip("comments=x"))
                        .kept(Endpoint.ERROR_PAGE, 200, "{}")
                        .eventId(ID));
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsSaidByField() {
        return SCENE.show(
                report("nothing").rejected(400, "\"errors\":{\"comments\":[\"This field is required.\"]}"),
                report("blanks").body("comments=++%0A").rejected(400, "comments: This field is required."),
                report("broken percent-encoding").body("comments=%zz").rejected(400, "comments"),
                report("no address")
                        .body("email=ada&comments=x")
                        .rejected(400, "\"email\":[\"Enter a valid email address.\"]"),
                report("more than may be written")
                        .body("comments=" + "x".repeat(4097))
                        .rejected(400, "at most 4096 characters (it has 4097)"),
                report("a name that is too long")
                        .body("comments=x&name=" + "n".repeat(201))
                        .rejected(400, "at most 200 characters"),
                report("more than a form is")
                        .body("comments=" + "x".repeat(65_536))
                        .rejected(413, "65536 bytes"),
                report("more than a form is, decoded")
                        .encoding("gzip")
                        .body(LimitedScene.gzip("comments=" + "x".repeat(65_536)))
                        .rejected(413, "65536 bytes"),
                report("gzip that is none").encoding("gzip").body("comments=x").rejected(400, "not valid gzip"),
                report("another type").type("text/plain").body("comments=x").rejected(415, "x-www-form-urlencoded"),
                Rule.of("feedback", "a key that is disabled")
                        .post(PATH + query(DISABLED_KEY, 42))
                        .type(FORM_TYPE)
                        .body("comments=x")
                        .rejected(403, "the key is disabled"),
                Rule.of("feedback", "another key in a header")
                        .post(PATH + query(KEY, 42))
                        .header("X-Sentry-Auth", "Sentry sentry_version=7, sentry_key=" + PAGES_KEY)
                        .type(FORM_TYPE)
                        .body("comments=x")
                        .rejected(401, "different keys"));
    }

    private static Rule dialog(String words, String query) {
        return Rule.of("feedback", "the script for " + words).get(PATH + query);
    }

    private static Rule report(String words) {
        return Rule.of("feedback", "a report: " + words)
                .post(PATH + query(KEY, 42))
                .type(FORM_TYPE);
    }

    private static String query(String key, long project) {
        return "?dsn=%s&eventId=%s".formatted(dsn(key, project), ID);
    }

    private static String dsn(String key, long project) {
        return URLEncoder.encode("https://%s@errors.example/%d".formatted(key, project), StandardCharsets.UTF_8);
    }
}
