package dev.resentry.storage.search;

import dev.resentry.model.event.EventId;
import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.model.release.SemanticVersion;
import dev.resentry.model.search.SearchDate;
import dev.resentry.model.search.SearchKey;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchQuantity;
import dev.resentry.model.search.SearchValue;
import dev.resentry.storage.search.SearchWorld.Event;
import dev.resentry.storage.search.SearchWorld.Issue;
import dev.resentry.storage.search.SearchWorld.Thrown;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a query means, said once more in the plainest way: of one issue and one event of it. */
final class SlowSearch {
    private final boolean ofIssues;

    SlowSearch(boolean ofIssues) {
        this.ofIssues = ofIssues;
    }

    boolean matches(SearchNode node, Event event) {
        return switch (node) {
            case SearchNode.Everything() -> true;
            case SearchNode.And(List<SearchNode> parts) -> parts.stream().allMatch(part -> matches(part, event));
            case SearchNode.Or(List<SearchNode> parts) -> parts.stream().anyMatch(part -> matches(part, event));
            case SearchNode.Not(SearchNode part) -> !matches(part, event);
            case SearchNode.Text text -> {
                Issue issue = event.issue();
                String where = ofIssues
                        ? issue.title() + " "
                                + Optional.ofNullable(issue.culprit()).orElse("")
                        : event.title() + " "
                                + Optional.ofNullable(event.message()).orElse("");
                yield like(text.words(), where, true, true);
            }
            case SearchNode.Has has -> has(has.key(), event);
            case SearchNode.Term term -> term.value().values().stream().anyMatch(value -> one(term, value, event));
        };
    }

    private static boolean has(SearchKey key, Event event) {
        return switch (key.toString()) {
            case "assigned" -> event.issue().assignee() != null;
            case "trace" -> event.trace() != null;
            default -> texts(key, event).stream().anyMatch(text -> !text.isEmpty());
        };
    }

    private static boolean one(SearchNode.Term term, SearchValue.One value, Event event) {
        String key = term.key().toString();
        String written = value.written();
        Issue issue = event.issue();
        return switch (key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "")) {
            case "is" -> is(written, issue);
            case "assigned" -> assigned(written, issue.assignee());
            case "status" -> issue.status().equals(written.equals("muted") ? "ignored" : written);
            case "timesseen" -> number(term, value, BigDecimal.valueOf(issue.count()));
            case "usersseen" -> number(term, value, BigDecimal.valueOf(issue.users()));
            case "firstseen", "age" -> date(term, value, issue.firstSeen());
            case "lastseen" -> date(term, value, issue.lastSeen());
            case "timestamp" -> date(term, value, event.at());
            case "issue", "issue.id" ->
                written.equals("WEB-7") ? issue.id() == 7 : issue.id() == Long.parseLong(written);
            case "project", "project.id" ->
                written.equals(issue.project() == 1 ? "web" : "shop") || written.equals(Long.toString(issue.project()));
            case "error.handled" -> handled(event, written.equals("true") || written.equals("1"));
            case "error.unhandled" -> handled(event, !written.equals("true"));
            case "trace" ->
                written.isEmpty()
                        ? event.trace() == null
                        : new EventId(Optional.ofNullable(event.trace()).orElse(new UUID(9, 9)))
                                .toString()
                                .equals(written);
            case "release", "firstrelease" ->
                written.equals("latest")
                        ? texts(term.key(), event).contains("nightly")
                        : text(term, value, texts(term.key(), event), false);
            case "release.version" -> version(term, value, event.release());
            case "release.build" ->
                term.operator().isComparison()
                        ? texts(term.key(), event).stream()
                                .anyMatch(build -> number(term, value, new BigDecimal(build)))
                        : text(term, value, texts(term.key(), event), false);
            case "tags[cart,number]" -> {
                String cart = event.tags().get("cart");
                yield cart != null && !cart.equals("many") && number(term, value, new BigDecimal(cart));
            }
            case "user" -> user(term, value, event);
            case "message" -> text(term, value, texts(term.key(), event), true);
            case "level" ->
                text(
                        new SearchNode.Term(term.key(), term.operator(), term.value(), 0),
                        new SearchValue.One(written.toLowerCase(Locale.ROOT), 0),
                        texts(term.key(), event),
                        false);
            default -> text(term, value, texts(term.key(), event), false);
        };
    }

    private static boolean is(String word, Issue issue) {
        return switch (word) {
            case "unresolved", "resolved", "ignored" -> issue.status().equals(word);
            case "archived", "muted" -> issue.status().equals("ignored");
            case "assigned" -> issue.assignee() != null;
            case "unassigned" -> issue.assignee() == null;
            case "for_review" -> List.of("new", "regressed", "escalating").contains(String.valueOf(issue.substatus()));
            case "linked" -> issue.linked();
            case "unlinked" -> !issue.linked();
            case "reprocessing" -> false;
            default -> word.equals(issue.substatus());
        };
    }

    private static boolean assigned(String word, @Nullable Long assignee) {
        long who = assignee == null ? 0 : assignee;
        return switch (word) {
            case "none" -> who == 0;
            case "me" -> who == 1;
            case "my_teams" -> who == 1 || who == 2;
            case "bob@x.example" -> who == 2;
            case "@Cid", "#blue" -> who == 3;
            default -> false;
        };
    }

    private static boolean handled(Event event, boolean wanted) {
        return event.thrown().stream().anyMatch(thrown -> thrown.handled() != null && thrown.handled() == wanted);
    }

    private static boolean user(SearchNode.Term term, SearchValue.One value, Event event) {
        String written = value.written();
        for (String field : List.of("id", "email", "username")) {
            if (written.startsWith(field + ":")) {
                return written.substring(field.length() + 1).equals(event.user().get(field));
            }
        }
        return written.isEmpty()
                ? event.user().isEmpty()
                : event.user().values().stream().anyMatch(known -> text(term, value, List.of(known), false));
    }

    private static boolean version(SearchNode.Term term, SearchValue.One value, @Nullable String release) {
        if (release == null) {
            return false;
        }
        ReleaseVersion known = ReleaseVersion.parse(release);
        if (known.semver().isEmpty()) {
            return false;
        }
        String plain = known.version().replaceAll("\\+.*", "");
        if (value.written().contains("*")) {
            return like(value.written(), plain, false, true);
        }
        int compared = SemanticVersion.parse(plain)
                .orElseThrow()
                .compareTo(SemanticVersion.parse(value.written()).orElseThrow());
        return compares(term.operator(), compared);
    }

    private static boolean compares(SearchOperator operator, int compared) {
        return switch (operator) {
            case GREATER -> compared > 0;
            case GREATER_OR_EQUAL -> compared >= 0;
            case LESS -> compared < 0;
            case LESS_OR_EQUAL -> compared <= 0;
            default -> compared == 0;
        };
    }

    private static boolean number(SearchNode.Term term, SearchValue.One value, BigDecimal known) {
        return compares(
                term.operator(),
                known.compareTo(SearchQuantity.NUMBER.parse(value.written()).orElseThrow()));
    }

    private static boolean date(SearchNode.Term term, SearchValue.One value, Instant known) {
        SearchDate date = SearchDate.parse(value.written(), SearchWorld.NOW).orElseThrow();
        if (term.operator() != SearchOperator.EQUALS) {
            return compares(term.operator(), known.compareTo(date.at()));
        }
        return (date.from() == null || !known.isBefore(date.from()))
                && (date.to() == null || known.isBefore(date.to()));
    }

    /** Of several texts one is enough; an empty one is what is missing. */
    private static boolean text(SearchNode.Term term, SearchValue.One value, List<String> known, boolean part) {
        String written = term.operator().isComparison() ? term.operator().symbol() + value.written() : value.written();
        if (written.isEmpty()) {
            return known.stream().allMatch(String::isEmpty);
        }
        return known.stream().anyMatch(text -> switch (term.operator()) {
            case CONTAINS -> like("*" + written + "*", text, false, true);
            case STARTS_WITH -> like(written + "*", text, false, true);
            case ENDS_WITH -> like("*" + written, text, false, true);
            default -> like(written, text, part, part);
        });
    }

    /** With wildcards, case does not matter. */
    private static boolean like(String written, String known, boolean part, boolean ignoreCase) {
        var regex = new StringBuilder();
        boolean wild = false;
        for (int i = 0; i < written.length(); i++) {
            if (written.startsWith("\\*", i)) {
                regex.append("\\*");
                i++;
            } else if (written.charAt(i) == '*') {
                regex.append(".*");
                wild = true;
            } else {
                regex.append(Pattern.quote(written.substring(i, i + 1)));
            }
        }
        int flags = Pattern.DOTALL | (wild || ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        var matcher = Pattern.compile(regex.toString(), flags).matcher(known);
        return part ? matcher.find() : matcher.matches();
    }

    private static List<String> texts(SearchKey key, Event event) {
        Issue issue = event.issue();
        return switch (key.toString().toLowerCase(Locale.ROOT).replaceAll("(?<=first)[-_]", "")) {
            case "level" -> List.of(event.level());
            case "environment" -> of(event.environment());
            case "release" -> of(event.release());
            case "release.package" ->
                of(ReleaseVersion.parse(event.release() == null ? "" : event.release())
                        .packageName());
            case "release.build" ->
                of(
                        event.release() == null
                                ? null
                                : ReleaseVersion.parse(event.release())
                                        .semver()
                                        .map(SemanticVersion::buildCode)
                                        .orElse(null));
            case "firstrelease" -> of(issue.firstRelease());
            case "message" -> of(event.message());
            case "title" -> List.of(event.title());
            case "transaction" -> of(event.transaction());
            case "substatus" -> of(issue.substatus());
            case "issue.priority" -> List.of(priority(issue));
            case "issue.category" -> List.of("error");
            case "error.type" -> thrown(event, Thrown::type);
            case "error.value" -> thrown(event, Thrown::value);
            case "error.mechanism" -> thrown(event, Thrown::mechanism);
            case "stack.filename" -> thrown(event, Thrown::file);
            case "stack.function" -> thrown(event, Thrown::function);
            case "user" -> List.copyOf(event.user().values());
            case "user.id" -> of(event.user().get("id"));
            case "user.email" -> of(event.user().get("email"));
            case "user.ip" -> of(event.user().get("ip_address"));
            case "http.method" -> of(event.request().get("method"));
            case "http.url" -> of(event.request().get("url"));
            case "http.status_code" -> List.of();
            case "os.name" -> of(event.os().get("name"));
            case "os.version" -> of(event.os().get("version"));
            default ->
                switch (key.kind()) {
                    case FLAG ->
                        of(Optional.ofNullable(event.flags().get(key.name()))
                                .map(String::valueOf)
                                .orElse(null));
                    default -> of(event.tags().get(key.name()));
                };
        };
    }

    private static String priority(Issue issue) {
        if (issue.priority() != null) {
            return issue.priority();
        }
        return switch (issue.level()) {
            case "fatal" -> "high";
            case "error" -> issue.unhandled() ? "high" : "medium";
            case "warning" -> "medium";
            default -> "low";
        };
    }

    private static List<String> thrown(Event event, Function<Thrown, String> part) {
        return event.thrown().stream().map(part).toList();
    }

    private static List<String> of(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
