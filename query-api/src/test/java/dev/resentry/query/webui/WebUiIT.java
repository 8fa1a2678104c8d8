package dev.resentry.query.webui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How pages are served; the test has pages of its own in place of those that npm builds. */
class WebUiIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void everyPathThatNamesNoFileIsThePage() {
        for (String path : new String[] {"/ui", "/ui/", "/ui/issues", "/ui/projects/web/setup", "/ui/index.html"}) {
            Reply page = get(path, Map.of());

            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.header("Content-Type")).as(path).startsWith("text/html");
            assertThat(page.text()).as(path).contains("Pages of a test");
        }
    }

    @Test
    void aFileThatIsNotThereIsNotThePage() {
        assertThat(get("/ui/assets/gone-1234.js", Map.of()).status()).isEqualTo(404);
        assertThat(get("/ui/gone.svg", Map.of()).status()).isEqualTo(404);
        assertThat(get("/ui/../application.yml", Map.of()).status()).isIn(400, 404);
    }

    @Test
    void noPageMayDoMoreThanShowOurOwnFiles() {
        Reply page = get("/ui/issues", Map.of());

        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                        + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
                        + "require-trusted-types-for 'script'; trusted-types 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    }

    @Test
    void thePageIsAskedForAnewAndFilesThatNameTheirContentAreKept() {
        Reply page = get("/ui/issues", Map.of());

        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(get("/ui/issues", Map.of("If-None-Match", page.header("ETag")))
                        .status())
                .isEqualTo(304);
        assertThat(get("/ui/assets/app-4f2a.js", Map.of()).header("Cache-Control"))
                .contains("max-age=31536000", "immutable");
    }

    @Test
    void whatWasCompressedAtTheBuildIsSentAsItIs() {
        Reply compressed = get("/ui/issues", Map.of("Accept-Encoding", "gzip"));

        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("Content-Type")).startsWith("text/html");
        assertThat(compressed.header("Vary")).contains("Accept-Encoding");
    }

    private static Reply get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(API.uri(path));
        headers.forEach(request::header);
        return RunningApi.exchange(request);
    }
}
