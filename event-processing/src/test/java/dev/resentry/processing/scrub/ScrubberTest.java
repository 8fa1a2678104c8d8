package dev.resentry.processing.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ScrubberTest {
    private static final Scrubber DEFAULT = new Scrubber(ScrubSettings.DEFAULT);

    /** Where secrets turn up, and under which names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /request/data/password           | {"request": {"data": {"password": "hunter2"}}}
            /request/data/a/0/apiKey         | {"request": {"data": {"a": [{"apiKey": "hunter2"}]}}}
            /request/headers/Authorization   | {"request": {"headers": {"Authorization": "hunter2"}}}
            /request/headers/0/1             | {"request": {"headers": [["X-Auth-Token", "hunter2"]]}}
            /request/cookies/sessionid       | {"request": {"cookies": {"sessionid": "hunter2"}}}
            /request/cookies/0/1             | {"request": {"cookies": [["csrftoken", "hunter2"]]}}
            /request/query_string/0/1        | {"request": {"query_string": [["token", "hunter2"]]}}
            /request/env/DB_PASSWORD         | {"request": {"env": {"DB_PASSWORD": "hunter2"}}}
            /extra/credentials               | {"extra": {"credentials": {"user": "a", "b": ["hunter2"]}}}
            /extra/list/0/value              | {"extra": {"list": [{"name": "secret", "value": "hunter2"}]}}
            /extra/argv/1                    | {"extra": {"argv": ["--password", "hunter2"]}}
            /extra/otp                       | {"extra": {"otp": 123456}}
            /extra/secret                    | {"extra": {"secret": true}}
            /contexts/app/private_key        | {"contexts": {"app": {"private_key": "hunter2"}}}
            /contexts/state/state/value/auth | {"contexts": {"state": {"state": {"value": {"auth": "hunter2"}}}}}
            /contexts/trace/data/db.password | {"contexts": {"trace": {"data": {"db.password": "hunter2"}}}}
            /tags/api_key                    | {"tags": {"api_key": "hunter2"}}
            /user/data/passwd                | {"user": {"data": {"passwd": "hunter2"}}}
            /user/token                      | {"user": {"token": "hunter2"}}
            /breadcrumbs/values/0/data/pwd   | {"breadcrumbs": {"values": [{"data": {"pwd": "hunter2"}}]}}
            /logentry/params/password        | {"logentry": {"params": {"password": "hunter2"}}}
            /spans/0/data/secret             | {"spans": [{"data": {"secret": "hunter2"}}]}
            /spans/0/data/http.request.header.cookie | {"spans": [{"data": {"http.request.header.cookie": "a=hunter2"}}]}
            /exception/values/0/mechanism/data/secret | {"exception": {"values": [{"mechanism": {"data": {"secret": "hunter2"}}}]}}
            /exception/values/0/stacktrace/frames/0/vars/password | {"exception": {"values": [{"stacktrace": {"frames": [{"vars": {"password": "hunter2"}}]}}]}}
            /stacktrace/frames/0/vars/password | {"stacktrace": {"frames": [{"vars": {"password": "hunter2"}}]}}
            /raw_stacktrace/frames/0/vars/password | {"raw_stacktrace": {"frames": [{"vars": {"password": "hunter2"}}]}}
            /threads/values/0/stacktrace/frames/0/vars/a/token | {"threads": {"values": [{"stacktrace": {"frames": [{"vars": {"a": {"token": "hunter2"}}}]}}]}}
            /csp/secret                      | {"csp": {"secret": "hunter2"}}
            """)
    void takesOutValuesByTheirNames(String path, String json) {
        ObjectNode event = scrubbed(DEFAULT, json);

        assertThat(event.at(path).asString()).as(event.toString()).isEqualTo("[Filtered]");
        assertThat(event.toString()).doesNotContain("hunter2", "123456", "true,");
        assertThat(event.at("/_meta" + path + "//rem/0/0").asString()).isEqualTo("@password");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /message                        | {"message": "X"}
            /logentry/message               | {"logentry": {"message": "X"}}
            /logentry/formatted             | {"logentry": {"formatted": "X"}}
            /logentry/params/0              | {"logentry": {"params": ["X"]}}
            /exception/values/0/value       | {"exception": {"values": [{"type": "E", "value": "X"}]}}
            /exception/0/value              | {"exception": [{"value": "X"}]}
            /exception/value                | {"exception": {"value": "X"}}
            /transaction                    | {"transaction": "X"}
            /tags/note                      | {"tags": {"note": "X"}}
            /extra/a/0/b                    | {"extra": {"a": [{"b": "X"}]}}
            /contexts/response/body         | {"contexts": {"response": {"body": "X"}}}
            /breadcrumbs/values/0/message   | {"breadcrumbs": {"values": [{"message": "X"}]}}
            /breadcrumbs/values/0/data/url  | {"breadcrumbs": {"values": [{"data": {"url": "X"}}]}}
            /request/url                    | {"request": {"url": "X"}}
            /request/data                   | {"request": {"data": "X"}}
            /request/query_string           | {"request": {"query_string": "X"}}
            /request/headers/Referer        | {"request": {"headers": {"Referer": "X"}}}
            /request/cookies                | {"request": {"cookies": "X"}}
            /spans/0/description            | {"spans": [{"description": "X"}]}
            /exception/values/0/stacktrace/frames/0/vars/x | {"exception": {"values": [{"stacktrace": {"frames": [{"vars": {"x": "X"}}]}}]}}
            """)
    void takesSecretsOutOfTextsAndLeavesTheRest(String path, String json) {
        String text = "mail jane@example.com card 4111 1111 1111 1111 key AKIAIOSFODNN7EXAMPLE end";

        ObjectNode event = scrubbed(DEFAULT, json.replace("X", text));

        assertThat(event.at(path).asString()).isEqualTo("mail [email] card [card] key [key] end");
        JsonNode meta = event.at("/_meta" + path + "/");
        assertThat(meta.path("len").asInt()).isEqualTo(text.length());
        assertThat(meta.path("rem").toString())
                .isEqualTo("[[\"@email\",\"s\",5,12],[\"@creditcard\",\"s\",18,24],[\"@key\",\"s\",29,34]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event_id\": \"4111111111111111aaaaaaaaaaaaaaaa\", \"timestamp\": \"x\", \"level\": \"error\"}",
                "{\"contexts\": {\"trace\": {\"trace_id\": \"41111111111111114111111111111111\", \"span_id\": \"4111111111111111\"}}}",
                "{\"release\": \"auth@1.0\", \"modules\": {\"token-lib\": \"1.0\", \"password\": \"2\"}}",
                "{\"debug_meta\": {\"images\": [{\"code_file\": \"/home/alice/lib.so\"}]}}",
                "{\"sdk\": {\"name\": \"sentry.python\", \"packages\": [{\"name\": \"auth\", \"version\": \"1\"}]}}",
                "{\"user\": {\"id\": \"4111111111111111\", \"email\": \"jane@example.com\", \"username\": \"jane@x.org\"}}",
                "{\"user\": {\"ip_address\": \"203.0.113.9\"}, \"request\": {\"env\": {\"REMOTE_ADDR\": \"203.0.113.9\"}}}",
                "{\"request\": {\"headers\": {\"User-Agent\": \"Mozilla/5.0 token=abc x@y.org\"}, \"method\": \"POST\"}}",
                "{\"exception\": {\"values\": [{\"type\": \"auth.TokenError\", \"module\": \"auth\", \"stacktrace\": {\"frames\": [{"
                        + "\"filename\": \"/home/alice/a.py\", \"abs_path\": \"/home/alice/a.py\", \"module\": \"token\","
                        + " \"function\": \"password\", \"lineno\": 12, \"context_line\": \"password = read(x)\"}]}}]}}",
                "{\"extra\": {\"usage\": {\"total_tokens\": 12, \"tokens\": \"15\", \"author\": \"bob\", \"order\": 4111111111111112}}}",
                "{\"request\": {\"env\": {\"PWD\": \"/srv/app\"}}, \"extra\": {\"password\": null}}",
                "{\"tags\": {\"commit\": \"da39a3ee5e6b4b0d3255bfef95601890afd80709\"}}"
            })
    void leavesAloneWhatIsNoSecret(String json) {
        assertThat(scrubbed(DEFAULT, json)).isEqualTo(tree(json));
    }

    @Test
    void takesStrongSecretsOutOfSourceLinesAndIdentities() {
        ObjectNode event = scrubbed(DEFAULT, """
                {"user": {"username": "ghp_0123456789abcdefghijABCDEFGHIJ012345"}, "exception": {"values": [{"stacktrace": {"frames": [
                {"context_line": "key = 'AKIAIOSFODNN7EXAMPLE'", "pre_context": ["# jane@example.com"]}]}}]}}""");

        assertThat(event.at("/user/username").asString()).isEqualTo("[token]");
        assertThat(event.at("/exception/values/0/stacktrace/frames/0/context_line")
                        .asString())
                .isEqualTo("key = '[key]'");
        assertThat(event.at("/exception/values/0/stacktrace/frames/0/pre_context/0")
                        .asString())
                .isEqualTo("# jane@example.com");
    }

    @Test
    void readsCookiesByTheirNames() {
        ObjectNode event = scrubbed(DEFAULT, """
                {"request": {"cookies": {"theme": "dark", "mysession": "x1"}, "headers": {
                "Cookie": "theme=dark; user_session=a=b,c; lang=en", "Set-Cookie": ["su=1; Path=/"]}}}""");

        assertThat(event.at("/request/cookies").toString())
                .isEqualTo("{\"theme\":\"dark\",\"mysession\":\"[Filtered]\"}");
        assertThat(event.at("/request/headers/Cookie").asString())
                .isEqualTo("theme=dark; user_session=[Filtered]; lang=en");
        assertThat(event.at("/request/headers/Set-Cookie/0").asString()).isEqualTo("su=[Filtered]; Path=/");
    }

    @Test
    void takesOutNumbersThatAreCards() {
        assertThat(scrubbed(DEFAULT, "{\"extra\": {\"n\": 4111111111111111, \"m\": [378282246310005]}}")
                        .at("/extra")
                        .toString())
                .isEqualTo("{\"n\":\"[card]\",\"m\":[\"[card]\"]}");
    }

    @Test
    void scrubsSpansOfBothVersions() {
        ObjectNode first = tree("""
                {"span_id": "4111111111111111", "op": "db", "description": "SELECT 'jane@example.com'", "data": {"secret": "x"}}""");
        ObjectNode second = tree("""
                {"span_id": "4111111111111111", "name": "to jane@example.com", "attributes": {
                "api_key": {"type": "string", "value": "x"}, "user.email": {"type": "string", "value": "jane@example.com"}}}""");

        DEFAULT.scrubSpan(first);
        DEFAULT.scrubSpan(second);

        assertThat(first.path("description").asString()).isEqualTo("SELECT '[email]'");
        assertThat(first.at("/data/secret").asString()).isEqualTo("[Filtered]");
        assertThat(first.path("span_id").asString()).isEqualTo("4111111111111111");
        assertThat(second.path("name").asString()).isEqualTo("to [email]");
        assertThat(second.path("attributes").toString())
                .isEqualTo("{\"api_key\":{\"type\":\"string\",\"value\":\"[Filtered]\"},"
                        + "\"user.email\":{\"type\":\"string\",\"value\":\"jane@example.com\"}}");
    }

    @Test
    void truncatesOrRemovesAddressesWhereTheProjectWantsIt() {
        String json = """
                {"user": {"ip_address": "203.0.113.9", "id": "1"}, "sdk": {"client_ip": "2001:db8:1:2::3"},
                "request": {"env": {"REMOTE_ADDR": "{{auto}}"}, "headers": {"X-Forwarded-For": "203.0.113.9, 10.1.2.3"}},
                "message": "from 203.0.113.9", "contexts": {"browser": {"version": "109.0.5414.120"}}}""";

        ObjectNode truncated = scrubbed(with(IpPolicy.TRUNCATE), json);
        ObjectNode removed = scrubbed(with(IpPolicy.REMOVE), json);

        assertThat(truncated.at("/user/ip_address").asString()).isEqualTo("203.0.113.0");
        assertThat(truncated.at("/sdk/client_ip").asString()).isEqualTo("2001:db8:1::");
        assertThat(truncated.at("/request/env/REMOTE_ADDR").asString()).isEqualTo("{{auto}}");
        assertThat(truncated.at("/request/headers/X-Forwarded-For").asString()).isEqualTo("203.0.113.0, 10.1.2.0");
        assertThat(truncated.path("message").asString()).isEqualTo("from 203.0.113.0");
        assertThat(removed.path("user").toString()).isEqualTo("{\"id\":\"1\"}");
        assertThat(removed.path("sdk").isEmpty()).isTrue();
        assertThat(removed.path("message").asString()).isEqualTo("from [ip]");
        assertThat(List.of(truncated, removed))
                .allMatch(event ->
                        event.at("/contexts/browser/version").asString().equals("109.0.5414.120"));
    }

    @Test
    void removesWhatShouldBeAnAddressAndIsNone() {
        assertThat(scrubbed(with(IpPolicy.TRUNCATE), "{\"user\": {\"ip_address\": \"jane's laptop\"}}")
                        .path("user")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void takesOutMoreFieldsAndSparesSafeOnes() {
        var scrubber = new Scrubber(new ScrubSettings(
                true, List.of("customer_number", "email"), List.of("Debug_Token", "note"), IpPolicy.KEEP, List.of()));

        ObjectNode event = scrubbed(scrubber, """
                {"user": {"email": "jane@example.com", "id": "7"}, "extra": {"oldCustomerNumber": 5, "debug_token": "abc",
                "note": "jane@example.com", "token": "abc", "text": "customer_number=17&debug_token=abc"}}""");

        assertThat(event.path("user").toString()).isEqualTo("{\"email\":\"[Filtered]\",\"id\":\"7\"}");
        assertThat(event.path("extra").toString())
                .isEqualTo(
                        "{\"oldCustomerNumber\":\"[Filtered]\",\"debug_token\":\"abc\",\"note\":\"jane@example.com\","
                                + "\"token\":\"[Filtered]\",\"text\":\"customer_number=[Filtered]&debug_token=abc\"}");
    }

    @Test
    void leavesEverythingAloneWhereItIsSwitchedOff() {
        var scrubber = new Scrubber(new ScrubSettings(false, List.of("a"), List.of(), IpPolicy.REMOVE, List.of()));
        String json = "{\"extra\": {\"password\": \"x\", \"a\": 1}, \"user\": {\"ip_address\": \"203.0.113.9\"}}";

        assertThat(scrubbed(scrubber, json)).isEqualTo(tree(json));
    }

    @Test
    void takesAwayUnseenWhatIsNestedTooDeep() {
        ObjectNode event = tree("{}");
        ObjectNode inner = event.putObject("extra");
        for (int i = 0; i < 400; i++) {
            inner = inner.putObject("a");
        }
        inner.put("mail", "jane@example.com");

        DEFAULT.scrub(event);

        assertThat(event.toString()).doesNotContain("jane").contains("[Filtered]", "nested deeper than 300");
    }

    @Test
    void notesSoManyChangesAndCountsTheOthers() {
        ObjectNode event = tree("{}");
        ObjectNode extra = event.putObject("extra");
        for (int i = 0; i < 5_000; i++) {
            extra.put("password" + i, "x");
        }

        DEFAULT.scrub(event);

        assertThat(extra.valueStream()).allMatch(value -> value.asString().equals("[Filtered]"));
        assertThat(event.at("/_meta/omitted").asInt()).isPositive();
        assertThat(event.path("_meta").toString().length()).isLessThan(100_000);
    }

    @Test
    void tellsWhatItChanged() {
        List<String> told = new ArrayList<>();

        DEFAULT.scrub(
                tree("{\"extra\": {\"a\": [{\"password\": \"x\"}], \"b\": \"jane@example.com\"}}"),
                (path, remark) -> told.add(String.join(".", path) + " " + remark.rule()));

        assertThat(told).containsExactly("extra.a.0.password @password", "extra.b @email");
    }

    private static Scrubber with(IpPolicy policy) {
        return new Scrubber(new ScrubSettings(true, List.of(), List.of(), policy, List.of()));
    }

    private static ObjectNode scrubbed(Scrubber scrubber, String json) {
        ObjectNode event = tree(json);
        scrubber.scrub(event);
        return event;
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) UntrustedJson.STRICT.tree(json);
    }
}
