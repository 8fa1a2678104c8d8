import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Lists and resolves issues of Resentry with a service token; answers are the JSON as it came. */
public final class IssueClient {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;
    private final String token;

    public IssueClient(String url, String token) {
        this.url = url.replaceFirst("/+$", "");
        this.token = token;
    }

    /** Resentry refused; the message is its answer, with {@code error}, {@code message} and {@code status_code}. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String answer) {
            super(answer);
        }
    }

    public String issues(String organization, String project) throws IOException, InterruptedException {
        return call("GET", "/projects/%s/%s/issues?status=unresolved".formatted(encoded(organization), encoded(project)), "");
    }

    public String events(long issue) throws IOException, InterruptedException {
        return call("GET", "/issues/%d/events".formatted(issue), "");
    }

    public String stacktrace(String event) throws IOException, InterruptedException {
        return call("GET", "/events/%s/stacktrace".formatted(encoded(event)), "");
    }

    public String resolve(long issue) throws IOException, InterruptedException {
        return call("PUT", "/issues/%d".formatted(issue), "{\"status\":\"resolved\"}");
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new RefusedException(answer.body());
        }
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: IssueClient ORGANIZATION PROJECT | resolve ISSUE");
            System.exit(2);
        }
        var client = new IssueClient(System.getenv("RESENTRY_URL"), System.getenv("RESENTRY_TOKEN"));
        try {
            System.out.println(
                    arguments[0].equals("resolve")
                            ? client.resolve(Long.parseLong(arguments[1]))
                            : client.issues(arguments[0], arguments[1]));
        } catch (RefusedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
