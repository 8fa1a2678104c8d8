package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.ConformanceProjects.CLOSED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.DISABLED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.PAGES_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.PROGRAMS_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.SECOND_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.UNKNOWN_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.dsn;
import static dev.resentry.gateway.endpoint.Rule.EVENT;
import static dev.resentry.gateway.endpoint.Rule.ID;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Endpoint;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Authentication of requests: credentials, keys and origins (ingest protocol, section 1.3). */
class AuthConformanceTest {
    private static final IngestScene SCENE = new IngestScene();

    /** The places of a request's head where a key may stand. */
    private enum Place {
        SENTRY_AUTH,
        AUTHORIZATION,
        BASIC,
        QUERY,
        PATH
    }

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @TestFactory
    Stream<DynamicTest> credentialsComeInManyForms() {
        return Stream.of(
                        by("X-Sentry-Auth").header("X-Sentry-Auth", "Sentry sentry_key=" + KEY),
                        by("X-Sentry-Auth with all fields")
                                .header(
                                        "X-Sentry-Auth",
                                        "Sentry sentry_version=7,sentry_client=a/1,sentry_timestamp=1,sentry_secret=x,sentry_key="
                                                + KEY),
                        by("the scheme in any case").header("X-Sentry-Auth", "sEnTrY sentry_key=" + KEY),
                        by("blanks around commas and equals")
                                .header("X-Sentry-Auth", "Sentry   sentry_version = 7 ,  sentry_key = " + KEY + " , "),
                        by("unknown fields").header("X-Sentry-Auth", "Sentry a=b, sentry_x=1, c, sentry_key=" + KEY),
                        by("Authorization: Sentry").header("Authorization", "Sentry sentry_key=" + KEY),
                        by("Authorization: Basic, without password").header("Authorization", basic(KEY)),
                        by("Authorization: Basic, empty password").header("Authorization", basic(KEY + ":")),
                        by("Authorization: Basic, any password").header("Authorization", basic(KEY + ":x:y")),
                        by("a scheme that is not ours beside ours").auth().header("Authorization", "Bearer something"),
                        by("an empty X-Sentry-Auth beside Authorization")
                                .header("X-Sentry-Auth", "")
                                .header("Authorization", "Sentry sentry_key=" + KEY),
                        by("the login of a page beside ours").auth().header("Authorization", basic("user:secret")),
                        by("a login that is not base64 beside ours").auth().header("Authorization", "Basic %%%"),
                        by("the login of a page beside a query")
                                .post("/api/42/envelope/?sentry_key=" + KEY)
                                .header("Authorization", basic("user:secret")),
                        by("a key given twice in the query")
                                .post("/api/42/envelope/?sentry_key=%s&sentry_key=%s".formatted(KEY, KEY)),
                        by("a client with broken percent-encoding")
                                .post("/api/42/envelope/?sentry_client=%zz&sentry_key=" + KEY),
                        by("a query").post("/api/42/envelope/?sentry_key=" + KEY),
                        by("a query with version and client")
                                .post("/api/42/envelope/?sentry_version=7&sentry_client=a%2F1&sentry_key=" + KEY),
                        by("a query with a percent-encoded key")
                                .post("/api/42/envelope/?sentry_key=%65" + KEY.substring(1)),
                        by("a query with what is broken and not about the sender")
                                .post("/api/42/envelope/?sentry_release=100%&x=%zz&sentry_key=" + KEY),
                        by("a query with the outdated secret")
                                .post("/api/42/envelope/?sentry_secret=x&sentry_key=" + KEY),
                        by("a header, and a query without key")
                                .auth()
                                .post("/api/42/envelope/?sentry_release=1&sentry_version=9"),
                        by("flags behind the key, in a header")
                                .header("X-Sentry-Auth", "Sentry sentry_key=" + KEY + ".no-cache"),
                        by("flags behind the key, in the query").post("/api/42/envelope/?sentry_key=" + KEY + ".a.b"),
                        by("an older version").header("X-Sentry-Auth", "Sentry sentry_version=2.0, sentry_key=" + KEY),
                        by("the newest version with a fraction")
                                .header("X-Sentry-Auth", "Sentry sentry_version=7.0, sentry_key=" + KEY))
                .flatMap(rule -> SCENE.show(rule.keptWithId(Endpoint.ENVELOPE)));
    }

    @TestFactory
    Stream<DynamicTest> theDsnInTheEnvelopeHeaderIsTheLastResort() {
        String own = withDsn(dsn(KEY, 42));
        return SCENE.show(
                by("the dsn of the envelope").body(own).keptWithId(Endpoint.ENVELOPE),
                by("the dsn of the envelope, under v1")
                        .post("/api/v1/42/envelope")
                        .body(own)
                        .keptWithId(Endpoint.ENVELOPE),
                by("a dsn with a secret")
                        .body(withDsn("https://%s:secret@h/42".formatted(KEY)))
                        .keptWithId(Endpoint.ENVELOPE),
                by("a dsn with an empty secret, a port and a path")
                        .body(withDsn("http://%s:@h:9000/a/b/42".formatted(KEY)))
                        .keptWithId(Endpoint.ENVELOPE),
                by("the same in the request and in the envelope, whatever the host")
                        .auth()
                        .body(own)
                        .keptWithId(Endpoint.ENVELOPE),
                by("a dsn for another project than the request's")
                        .auth()
                        .body(withDsn(dsn(KEY, 99)))
                        .rejected(400, "invalid event envelope", "for project 99"),
                by("a dsn for another project than the path's")
                        .body(withDsn(dsn(KEY, 99)))
                        .rejected(400, "for project 99"),
                by("a dsn with another key than the request's")
                        .auth()
                        .body(withDsn(dsn(SECOND_KEY, 42)))
                        .rejected(400, "another key"),
                by("a dsn with a key of nobody")
                        .body(withDsn(dsn(UNKNOWN_KEY, 42)))
                        .rejected(403, "does not belong"),
                by("a dsn with a disabled key")
                        .body(withDsn(dsn(DISABLED_KEY, 42)))
                        .rejected(403, "disabled"),
                by("no dsn in the envelope").rejected(401, "missing authorization information", "has no dsn"),
                by("a dsn that is none").body(withDsn("http://nobody/42")).rejected(401, "dsn: not a DSN"),
                by("a dsn that is no text").body("{\"dsn\":5}\n").rejected(401, "dsn: expected a string"),
                by("an envelope that is none").body("rubbish").rejected(401, "missing authorization information"),
                by("nothing at all").body("").rejected(400, "empty request body"),
                Rule.of("1.3", "a dsn in an event is no credential")
                        .post("/api/42/store/")
                        .body("{\"dsn\":\"%s\"}".formatted(dsn(KEY, 42)))
                        .rejected(401, "missing authorization information"));
    }

    @TestFactory
    Stream<DynamicTest> credentialsInSeveralPlacesMustAgree() {
        List<Place> places = List.of(Place.values());
        return IntStream.range(0, places.size())
                .boxed()
                .flatMap(i -> places.subList(i + 1, places.size()).stream()
                        // One header cannot hold two.
                        .filter(second -> places.get(i) != Place.AUTHORIZATION || second != Place.BASIC)
                        .flatMap(second -> SCENE.show(
                                kept(placed("that agree", places.get(i), KEY, second, KEY), second),
                                placed("that disagree", places.get(i), KEY, second, SECOND_KEY)
                                        .rejected(401, "multiple authorization payloads detected"),
                                kept(
                                        placed("of which the first has flags", places.get(i), KEY + ".x", second, KEY),
                                        second))));
    }

    @TestFactory
    Stream<DynamicTest> malformedCredentialsAreRefused() {
        return SCENE.show(
                by("no field").header("X-Sentry-Auth", "Sentry x").rejected(401, "sentry_key: missing"),
                by("no key in the header")
                        .header("X-Sentry-Auth", "Sentry sentry_version=7")
                        .rejected(401, "sentry_key: missing"),
                by("no key in Authorization")
                        .header("Authorization", "Sentry sentry_version=7")
                        .rejected(401, "sentry_key: missing"),
                by("two keys in one query")
                        .post("/api/42/envelope/?sentry_key=%s&sentry_key=%s".formatted(KEY, SECOND_KEY))
                        .rejected(401, "sentry_key: two that differ"),
                by("two keys in one header")
                        .header("X-Sentry-Auth", key(KEY) + ",sentry_key=" + SECOND_KEY)
                        .rejected(401, "sentry_key: two that differ"),
                by("a version beyond all numbers")
                        .header("X-Sentry-Auth", key(KEY) + ",sentry_version=99999999999")
                        .rejected(400, "unsupported protocol version"),
                by("a key of 31 characters")
                        .header("X-Sentry-Auth", key(KEY.substring(1)))
                        .rejected(400, "31 characters"),
                by("a key of 33 characters")
                        .header("X-Sentry-Auth", key(KEY + "a"))
                        .rejected(400, "33 characters"),
                by("a key beyond ASCII")
                        .header("X-Sentry-Auth", key("\u00e9" + KEY.substring(1)))
                        .rejected(400, "bad sentry DSN public key"),
                by("a key with a blank")
                        .header("X-Sentry-Auth", key(KEY.replace('8', ' ')))
                        .rejected(400, "bad sentry DSN public key"),
                by("an empty key in the query")
                        .post("/api/42/envelope/?sentry_key=")
                        .rejected(400, "0 characters"),
                by("a short key in the query")
                        .post("/api/42/envelope/?sentry_key=abc")
                        .rejected(400, "3 characters"),
                by("a key with broken percent-encoding")
                        .post("/api/42/envelope/?sentry_key=%zz")
                        .rejected(401, "sentry_key: broken percent-encoding"),
                by("a short key in the path")
                        .post("/api/42/unreal/abc/")
                        .rejected(400, "key in the path: 3 characters"),
                by("a short key as a name")
                        .header("Authorization", basic("abc:"))
                        .rejected(400, "3 characters"),
                by("a name that is not base64")
                        .header("Authorization", "Basic %%%")
                        .rejected(401, "authorization: not base64"),
                by("a key in capitals, as keys are compared exactly")
                        .header("X-Sentry-Auth", key(KEY.toUpperCase(Locale.ROOT)))
                        .rejected(403, "the key does not belong to project 42"),
                by("a version that is too new")
                        .header("X-Sentry-Auth", "Sentry sentry_version=8, sentry_key=" + KEY)
                        .rejected(400, "unsupported protocol version", "sentry_version: 8"),
                by("a version that is a little too new")
                        .post("/api/42/envelope/?sentry_version=7.1&sentry_key=" + KEY)
                        .rejected(400, "unsupported protocol version"),
                by("a version that is no number")
                        .header("X-Sentry-Auth", "Sentry sentry_version=x, sentry_key=" + KEY)
                        .rejected(401, "sentry_version: not a number"),
                by("broken credentials beside good ones")
                        .auth()
                        .post("/api/42/envelope/?sentry_key=abc")
                        .rejected(400, "3 characters"),
                by("a scheme that is not ours, alone")
                        .header("X-Sentry-Auth", "Bearer x")
                        .rejected(401, "missing authorization information"),
                by("the scheme and nothing else")
                        .header("X-Sentry-Auth", "Sentry")
                        .rejected(401, "missing authorization"),
                Rule.of("1.3", "none, of an event")
                        .post("/api/42/store/")
                        .body(EVENT)
                        .rejected(401, "missing authorization information"));
    }

    @TestFactory
    Stream<DynamicTest> unknownSendersAreRefused() {
        return SCENE.show(
                by("a key of nobody").header("X-Sentry-Auth", key(UNKNOWN_KEY)).rejected(403, "does not belong"),
                by("a key of another project")
                        .header("X-Sentry-Auth", key(PAGES_KEY))
                        .rejected(403, "does not belong"),
                by("a project that is not there")
                        .auth()
                        .post("/api/43/envelope/")
                        .rejected(403, "event submission rejected", "there is no project 43"),
                by("a disabled key").header("X-Sentry-Auth", key(DISABLED_KEY)).rejected(403, "the key is disabled"),
                by("a disabled key in the path")
                        .post("/api/42/unreal/" + DISABLED_KEY + "/")
                        .rejected(403, "the key is disabled"),
                by("a disabled project")
                        .post("/api/44/envelope/")
                        .header("X-Sentry-Auth", key(CLOSED_KEY))
                        .rejected(403, "project 44 is disabled"),
                by("a disabled project, by key only")
                        .post("/api/store/")
                        .header("X-Sentry-Auth", key(CLOSED_KEY))
                        .rejected(403, "project 44 is disabled"),
                by("a second key")
                        .header("X-Sentry-Auth", key(SECOND_KEY))
                        .keptWithId(Endpoint.ENVELOPE)
                        .ofProject(42, SECOND_KEY));
    }

    @TestFactory
    Stream<DynamicTest> originsMustBeAllowed() {
        Stream<DynamicTest> allowed = Stream.of(
                        "https://shop.example",
                        "http://shop.example",
                        "http://SHOP.example",
                        "https://shop.example:444",
                        "https://a.wild.example",
                        "https://a.b.wild.example",
                        "https://wild.example",
                        "https://secure.example",
                        "https://secure.example:443",
                        "http://ported.example:8080",
                        "https://any-port.example:1",
                        "http://x.plain.example",
                        "https://under_score.example",
                        "null",
                        "",
                        "chrome-extension://abc",
                        "file://")
                .flatMap(origin -> SCENE.show(
                        page("Origin", origin).keptWithId(Endpoint.ENVELOPE).ofProject(45, PAGES_KEY)));
        Stream<DynamicTest> refused = Stream.of(
                        "https://evil.example",
                        "https://notshop.example",
                        "https://shop.example.evil.example",
                        "https://evilwild.example",
                        "https://shop.example@evil.example",
                        "http://secure.example",
                        "http://ported.example",
                        "http://ported.example:80801",
                        "https://x.plain.example",
                        "https://",
                        "https://[::1",
                        "https://shop example")
                .flatMap(origin ->
                        SCENE.show(page("Origin", origin).rejected(403, "project 45 does not take events from")));
        Stream<DynamicTest> others = SCENE.show(
                page("Referer", "https://shop.example/cart?a=b")
                        .keptWithId(Endpoint.ENVELOPE)
                        .ofProject(45, PAGES_KEY),
                page("Referer", "https://shop.example/find?q={a b}|c^`")
                        .keptWithId(Endpoint.ENVELOPE)
                        .ofProject(45, PAGES_KEY),
                page("Referer", "https://evil.example/find?q=@shop.example").rejected(403, "from https://evil.example"),
                page("Referer", "https://evil.example/shop.example").rejected(403, "does not take events from"),
                page("Origin", "https://shop.example")
                        .header("Referer", "https://evil.example/")
                        .keptWithId(Endpoint.ENVELOPE)
                        .ofProject(45, PAGES_KEY),
                page("Origin", "null")
                        .header("Referer", "https://evil.example/")
                        .rejected(403, "evil.example"),
                programs("a page").header("Origin", "https://shop.example").rejected(403, "does not take events"),
                programs("no page").keptWithId(Endpoint.ENVELOPE).ofProject(46, PROGRAMS_KEY),
                programs("a page without an address")
                        .header("Origin", "null")
                        .keptWithId(Endpoint.ENVELOPE)
                        .ofProject(46, PROGRAMS_KEY),
                by("any page where all are allowed")
                        .auth()
                        .header("Origin", "https://any_thing.example")
                        .keptWithId(Endpoint.ENVELOPE));
        return Stream.of(allowed, refused, others).flatMap(tests -> tests);
    }

    private static Rule by(String words) {
        return Rule.envelope("1.3", words);
    }

    private static Rule page(String header, String origin) {
        return Rule.envelope("1.3", "a page by %s: '%s'".formatted(header, origin))
                .post("/api/45/envelope/?sentry_key=" + PAGES_KEY)
                .header(header, origin);
    }

    private static Rule programs(String words) {
        return Rule.envelope("1.3", "no pages are allowed: " + words)
                .post("/api/46/envelope/?sentry_key=" + PROGRAMS_KEY);
    }

    /** Two credentials in one request for a crash report, which has a place for any pair. */
    private static Rule placed(String words, Place first, String firstKey, Place second, String secondKey) {
        Rule rule =
                Rule.of("1.3", "%s and %s %s".formatted(first, second, words)).body("MDMP");
        String query = first == Place.QUERY || second == Place.QUERY
                ? "?sentry_key=" + (first == Place.QUERY ? firstKey : secondKey)
                : "";
        place(rule, first, firstKey);
        place(rule, second, secondKey);
        return second == Place.PATH
                ? rule.post("/api/42/unreal/" + secondKey + query)
                : rule.post("/api/42/minidump" + query).type("application/x-dmp");
    }

    private static Rule kept(Rule rule, Place second) {
        return rule.keptWithNewId(second == Place.PATH ? Endpoint.UNREAL : Endpoint.MINIDUMP);
    }

    private static void place(Rule rule, Place place, String key) {
        switch (place) {
            case SENTRY_AUTH -> rule.header("X-Sentry-Auth", key(key));
            case AUTHORIZATION -> rule.header("Authorization", key(key));
            case BASIC -> rule.header("Authorization", basic(key + ":"));
            case QUERY, PATH -> {}
        }
    }

    private static String key(String key) {
        return "Sentry sentry_key=" + key;
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private static String withDsn(String dsn) {
        return "{\"event_id\":\"%s\",\"dsn\":\"%s\"}\n{\"type\":\"event\"}\n{}".formatted(ID, dsn);
    }
}
