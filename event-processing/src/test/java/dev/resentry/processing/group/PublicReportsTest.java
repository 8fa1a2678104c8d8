package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processing.title.Title;
import org.junit.jupiter.api.Test;

/** What users of error trackers have reported in public, with the right answer. */
class PublicReportsTest {

    /** getsentry/sentry-elixir#664, getsentry/sentry#11078, bugsink/bugsink#85: a template with parameters made an issue per value. */
    @Test
    void aTemplateIsOneIssueWhateverItsParameters() {
        String sent =
                "{\"level\":\"error\",\"platform\":\"python\",\"logentry\":{\"message\":\"Order %%s rejected\",\"params\":[\"%s\"]}}";

        assertThat(SentEvent.ofJson(sent.formatted("apple")).hash())
                .isEqualTo(SentEvent.ofJson(sent.formatted("pear")).hash());
    }

    /** getsentry/sentry-php#1817, getsentry/sentry#16463: frames of anonymous classes carry the folder of the deployment. */
    @Test
    void anAnonymousClassOfPhpIsTheSameInEveryDeployment() {
        assertThat(job("/srv/releases/2025-03-27T07", "3e0a7").hash())
                .isEqualTo(job("/srv/releases/2025-04-02T11", "91bc2").hash());
    }

    private static SentEvent job(String folder, String memory) {
        return SentEvent.thrown(
                "php",
                "RuntimeException: queue is gone",
                "@index.php #main\n@/src/Job.php #class@anonymous" + folder + "/src/Job.php:3$" + memory + "::run");
    }

    /** getsentry/sentry#57458, getsentry/sentry#64494: failed chunks arrive from everywhere. */
    @Test
    void chunksThatFailToLoadAreOneIssue() {
        SentEvent one = SentEvent.thrown(
                "javascript", "ChunkLoadError: Loading chunk 175 failed.", "@https://shop.example/a.js #openCart");
        SentEvent two = SentEvent.thrown(
                "javascript", "ChunkLoadError: Loading chunk 23 failed.", "@https://shop.example/b.js #showMap");
        SentEvent other = SentEvent.thrown(
                "javascript", "TypeError: x is not a function", "@https://shop.example/a.js #openCart");

        assertThat(one.hash()).isEqualTo(two.hash()).isNotEqualTo(other.hash());
    }

    /** rustrak/rustrak#306, getsentry/sentry#37716: groups were titled and grouped by the wrapper. */
    @Test
    void aGroupWithOneErrorIsThatError() {
        SentEvent port = group("ValueError", "bad port", "app.net", "parse_port");
        SentEvent host = group("KeyError", "'host'", "app.conf", "read_conf");

        assertThat(port.hash()).isNotEqualTo(host.hash());
        assertThat(Title.of(port.normalized().view())).isEqualTo("ValueError: bad port");
        assertThat(Title.of(host.normalized().view())).isEqualTo("KeyError: 'host'");
        assertThat(port.hash())
                .isEqualTo(SentEvent.thrown("python", "ValueError: bad port", "app.net #parse_port")
                        .hash());
    }

    private static SentEvent group(String type, String value, String module, String function) {
        return SentEvent.ofJson("""
                {"platform":"python","exception":{"values":[
                  {"type":"%s","value":"%s","mechanism":{"type":"chained","exception_id":1,"parent_id":0},
                   "stacktrace":{"frames":[{"module":"%s","function":"%s","in_app":true}]}},
                  {"type":"ExceptionGroup","value":"unhandled errors in a TaskGroup (1 sub-exception)",
                   "mechanism":{"type":"generic","exception_id":0,"is_exception_group":true},
                   "stacktrace":{"frames":[{"module":"app.pool","function":"run_all","in_app":true}]}}]}}
                """.formatted(type, value, module, function));
    }
}
