package dev.resentry.query.start;

import dev.resentry.service.health.Health;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** The page at {@code /} as HTML: no script, nothing from another address, every value escaped. */
final class StartPage {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Resentry</title>
              <style>
                :root { color-scheme: light dark; --text: #1d2126; --page: #fff; --quiet: #59616b; --box: #f1f3f5;
                  --link: #0b5cad; --good: #1a6b34; --bad: #b3261e; }
                @media (prefers-color-scheme: dark) {
                  :root { --text: #e4e7eb; --page: #16191d; --quiet: #a3acb6; --box: #22272d;
                    --link: #7db8f5; --good: #7bd294; --bad: #ff9a90; }
                }
                body { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem; background: var(--page); color: var(--text);
                  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
                h1 { margin: 0; line-height: 1.2; }
                h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
                p { margin: .5rem 0; }
                a { color: var(--link); }
                ul { margin: 0; padding: 0; list-style: none; }
                li { padding: .25rem 0; }
                code { white-space: nowrap; }
                pre { margin: .5rem 0; padding: .75rem; border-radius: .375rem; background: var(--box); white-space: pre-wrap; }
                .quiet { color: var(--quiet); }
                .ok { color: var(--good); }
                .degraded, .failed { color: var(--bad); }
              </style>
            </head>
            <body>
              <main>
                <h1>Resentry</h1>
                <p class="quiet">Version {version}</p>

                <h2>What runs</h2>
                <ul>
            {checks}
                </ul>

                <h2>Point an SDK at it</h2>
                <p>Any Sentry SDK takes a DSN, which has this form:</p>
                <pre>{dsn}</pre>
                <p><code>./resentry up</code> prints the one of the first project;
                  <code>GET /api/v1/projects</code> lists all of them after a login.</p>

                <h2>Send an event without an SDK</h2>
                <pre>{send}</pre>

                <h2>Documentation</h2>
                <ul>
                  <li><a href="docs">API, to read and try out</a></li>
                  <li><a href="redoc">API, as one page</a></li>
                  <li><a href="openapi.json">API, as an OpenAPI document</a></li>
                  <li><a href="health/ready">Health, as JSON</a></li>
                </ul>
              </main>
            </body>
            </html>
            """;

    private StartPage() {}

    static String of(StartResponse facts) {
        String checks = facts.checks().entrySet().stream()
                .map(StartPage::check)
                .collect(Collectors.joining(System.lineSeparator()));
        // What stands in a value is not looked through for names again: each is put in once, the foreign text last.
        return PAGE.replace("{version}", escaped(facts.version()))
                .replace("{dsn}", escaped(facts.dsn()))
                .replace("{send}", escaped(facts.send()))
                .replace("{checks}", checks);
    }

    private static String check(Map.Entry<String, Health.Check> check) {
        Health.Check found = check.getValue();
        String status = escaped(found.status());
        String line =
                "      <li>%s <strong class=\"%s\">%s</strong>".formatted(escaped(check.getKey()), status, status);
        if (!found.cause().isEmpty()) {
            line += ": " + escaped(found.cause());
        }
        return line + "</li>";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
