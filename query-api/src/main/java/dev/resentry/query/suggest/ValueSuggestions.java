package dev.resentry.query.suggest;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.query.savedsearch.Datasets;
import dev.resentry.query.suggest.SuggestController.SearchValueResponse;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.savedsearch.SearchedDataset;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchField;
import dev.resentry.storage.search.SearchSource;
import dev.resentry.storage.suggest.CountedValue;
import dev.resentry.storage.suggest.SampledTable;
import dev.resentry.storage.suggest.SuggestionQueries;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds values of what is searched by: words that a field knows, what people and projects are called, and what was sent of late. */
final class ValueSuggestions {
    private static final int MOST = 20;

    /** {@code tags[x]}, {@code tags[x,number]}. */
    private static final Pattern TAG = Pattern.compile("tags\\[\"?(?<name>[^\\]\",]+)\"?(?:,\\s*\\w+)?\\]");

    private static final Set<String> RELEASES = Set.of("release", "first_release", "regressed_in_release");
    private static final List<String> DATES = List.of("-1h", "-24h", "-7d", "-30d", "+7d", "+30d");

    private final SuggestionQueries suggestions;
    private final BoundedReads reads;
    private final KeySuggestions keys;
    private final UserStore users;
    private final TeamStore teams;
    private final ProjectStore projects;
    private final InstantSource clock;

    ValueSuggestions(
            SuggestionQueries suggestions,
            BoundedReads reads,
            KeySuggestions keys,
            UserStore users,
            TeamStore teams,
            ProjectStore projects,
            InstantSource clock) {
        this.suggestions = suggestions;
        this.reads = reads;
        this.keys = keys;
        this.users = users;
        this.teams = teams;
        this.projects = projects;
        this.clock = clock;
    }

    List<SearchValueResponse> of(
            SearchedDataset dataset, String key, VisibleProjects visible, String text, Actor actor) {
        if (key.equals(KeySuggestions.HAS)) {
            return keys.of(dataset, visible, text).stream()
                    .filter(found -> !found.key().equals(KeySuggestions.HAS))
                    .map(found -> new SearchValueResponse(found.key(), null, found.count()))
                    .limit(MOST)
                    .toList();
        }
        Optional<SearchField> field = Datasets.searched(dataset).field(key);
        if (field.isPresent()) {
            return ofField(dataset, field.get(), visible, text, actor);
        }
        Matcher tag = TAG.matcher(key);
        return counted(ofTag(dataset, tag.matches() ? tag.group("name") : key, visible, text));
    }

    private List<SearchValueResponse> ofField(
            SearchedDataset dataset, SearchField field, VisibleProjects visible, String text, Actor actor) {
        List<SearchValueResponse> known = words(field.words(), text);
        List<SearchValueResponse> found = switch (field.kind()) {
            case BOOLEAN -> words(List.of("true", "false"), text);
            case DATE -> words(DATES, text);
            case NUMBER, DURATION, SIZE, UUID -> List.of();
            case ASSIGNEE -> assignees(text, actor);
            case WORD -> List.of();
            case TEXT, PHRASE -> texts(dataset, field, visible, text);
        };
        if (field.name().equals("level") && dataset != SearchedDataset.LOGS) {
            return withCounts(known, bounded(() -> suggestions.levels(visible, since(), text, MOST)));
        }
        return Stream.concat(known.stream(), found.stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private List<SearchValueResponse> texts(
            SearchedDataset dataset, SearchField field, VisibleProjects visible, String text) {
        boolean ofEvents = dataset == SearchedDataset.ISSUES || dataset == SearchedDataset.EVENTS;
        if (RELEASES.contains(field.name())) {
            return counted(bounded(() -> suggestions.releases(visible, since(), text, MOST)));
        }
        if (field.name().equals("environment") && ofEvents) {
            return counted(bounded(() -> suggestions.environments(visible, since(), text, MOST)));
        }
        if (field.name().equals("project")) {
            return projects(visible, text);
        }
        return sampled(dataset, field, visible, text);
    }

    private List<SearchValueResponse> sampled(
            SearchedDataset dataset, SearchField field, VisibleProjects visible, String text) {
        SampledTable table = field.ofIssue() ? SampledTable.ISSUES : SampledDataset.table(dataset);
        return switch (field.source()) {
            case SearchSource.Column(String sql) -> sampled(table, sql, "", visible, text);
            case SearchSource.Elements(String from, String sql) -> sampled(table, sql, "FROM " + from, visible, text);
            // Most of these are sent as a tag, too.
            case SearchSource.Computed _ -> counted(ofTag(dataset, field.name(), visible, text));
        };
    }

    private List<SearchValueResponse> sampled(
            SampledTable table, String sql, String from, VisibleProjects visible, String text) {
        return counted(bounded(() -> suggestions.sampledValues(table, sql, from, visible, since(), text, MOST)));
    }

    private List<CountedValue> ofTag(SearchedDataset dataset, String key, VisibleProjects visible, String text) {
        return bounded(() -> switch (dataset) {
            case ISSUES, EVENTS -> suggestions.tagValues(visible, key, text, MOST);
            case TRANSACTIONS, LOGS, SPANS ->
                suggestions.sampledTagValues(SampledDataset.table(dataset), visible, since(), key, text, MOST);
        });
    }

    /** Names of people are for those alone who may see them. */
    private List<SearchValueResponse> assignees(String text, Actor actor) {
        List<SearchValueResponse> found = new ArrayList<>();
        if (actor.may(Scope.MEMBER_READ)) {
            users.list().stream()
                    .filter(User::active)
                    .filter(user -> holds(user.email(), text) || holds(user.name(), text))
                    .map(user -> new SearchValueResponse(user.email(), given(user.name()), null))
                    .forEach(found::add);
        }
        if (actor.may(Scope.TEAM_READ)) {
            teams.list().stream()
                    .filter(team -> holds("#" + team.slug(), text) || holds(team.name(), text))
                    .map(team -> new SearchValueResponse("#" + team.slug(), given(team.name()), null))
                    .forEach(found::add);
        }
        return found;
    }

    private List<SearchValueResponse> projects(VisibleProjects visible, String text) {
        return projects.list().stream()
                .filter(project -> visible.contains(project.id()))
                .filter(project -> holds(project.slug(), text) || holds(project.name(), text))
                .map((Project project) -> new SearchValueResponse(project.slug(), given(project.name()), null))
                .toList();
    }

    private List<CountedValue> bounded(Supplier<List<CountedValue>> read) {
        return reads.within(SampledDataset.TIME, read);
    }

    private Instant since() {
        return clock.instant().minus(SampledDataset.LOOK_BACK);
    }

    private static List<SearchValueResponse> words(List<String> words, String text) {
        return words.stream()
                .filter(word -> holds(word, text))
                .map(word -> new SearchValueResponse(word, null, null))
                .toList();
    }

    private static List<SearchValueResponse> counted(List<CountedValue> values) {
        return values.stream()
                .map(value -> new SearchValueResponse(value.value(), null, value.count()))
                .toList();
    }

    /** Those that are there, the most frequent first, then the others. */
    private static List<SearchValueResponse> withCounts(List<SearchValueResponse> known, List<CountedValue> counts) {
        Set<String> there = counts.stream().map(CountedValue::value).collect(Collectors.toSet());
        return Stream.concat(counted(counts).stream(), known.stream().filter(word -> !there.contains(word.value())))
                .toList();
    }

    private static boolean holds(String name, String text) {
        return name.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String given(String name) {
        return name.isBlank() ? null : name;
    }
}
