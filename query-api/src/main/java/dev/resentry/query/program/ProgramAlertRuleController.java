package dev.resentry.query.program;

import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.model.event.Level;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.alert.AlertRuleChanges;
import dev.resentry.query.alert.AlertTargets;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.Page;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.alert.StoredAlertTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Alert rules in a flat form (features, M9). They are the same rules as those of the native API. */
@NativeApi
@Tag(name = "Alerts for programs")
class ProgramAlertRuleController {
    private static final long ONE = 1;
    private static final long HOUR = 60;
    private static final int MAX_MINUTES = 43_200;

    private final AlertRuleStore store;
    private final AlertRuleChanges rules;
    private final AlertTargets targets;
    private final ProjectSelection projects;

    ProgramAlertRuleController(
            AlertRuleStore store, AlertRuleChanges rules, AlertTargets targets, ProjectSelection projects) {
        this.store = store;
        this.rules = rules;
        this.targets = targets;
        this.projects = projects;
    }

    /**
     * A rule that is to be there.
     *
     * @param project its slug or id
     * @param level that an event has to have at least; absent for every level
     * @param thresholdCount the rule fires for a group with the event that reaches it within the window; 1 if it is absent
     * @param thresholdWindowMinutes 60 if it is absent
     * @param notifyIntervalMinutes how often it fires for a group at most; 60 if it is absent
     * @param targetValue an address, a URL, or the id of a user or team; absent for the assignee
     * @param enabled true if it is absent
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record NewProgramAlertRule(
            @NotBlank String project,
            @NotBlank @Size(max = AlertRule.MAX_NAME) String name,
            @Nullable @WordOf(Level.class) String level,
            @Nullable @Min(1) @Max(Integer.MAX_VALUE) Long thresholdCount,
            @Nullable @Min(1) @Max(MAX_MINUTES) Long thresholdWindowMinutes,
            @Nullable @Min(1) @Max(MAX_MINUTES) Long notifyIntervalMinutes,
            @NotNull @WordOf(TargetType.class) String targetType,
            @Nullable @Size(max = AlertTarget.MAX_VALUE) String targetValue,
            @Nullable Boolean enabled) {}

    /**
     * What is absent stays as it is.
     *
     * @param level null for every level
     * @param targetType with targetValue, of the first target
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProgramAlertRuleChange(
            @Nullable @Size(min = 1, max = AlertRule.MAX_NAME)
            String name,

            @Schema(type = "string", nullable = true) @Nullable
            JsonNode level,

            @Nullable @Min(1) @Max(Integer.MAX_VALUE) Long thresholdCount,
            @Nullable @Min(1) @Max(MAX_MINUTES) Long thresholdWindowMinutes,
            @Nullable @Min(1) @Max(MAX_MINUTES) Long notifyIntervalMinutes,
            @Nullable @WordOf(TargetType.class) String targetType,
            @Nullable @Size(max = AlertTarget.MAX_VALUE) String targetValue,
            @Nullable Boolean enabled) {}

    /**
     * Lists alert rules, the newest first.
     *
     * @param project slugs or ids
     */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/alert-rules")
    PageResponse<ProgramAlertRule> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        Page<StoredAlertRule> page =
                store.list(projects.of(actor, project), Cursor.beforeId(cursor), Cursor.limit(limit));
        return PageResponse.of(page, ProgramAlertRule::of, last -> Cursor.write(Instant.EPOCH, last.id()));
    }

    /** Adds an alert rule: it fires for a group with the event that reaches the threshold. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/alert-rules")
    @ResponseStatus(HttpStatus.CREATED)
    ProgramAlertRule add(@Valid @RequestBody NewProgramAlertRule request, Actor actor) {
        AlertRule rule = ProgramAlertRule.rule(
                request.name(),
                request.level() == null ? null : level(request.level()),
                Objects.requireNonNullElse(request.thresholdCount(), ONE),
                Objects.requireNonNullElse(request.thresholdWindowMinutes(), HOUR),
                Objects.requireNonNullElse(request.notifyIntervalMinutes(), HOUR));
        StoredAlertTarget target = StoredAlertTarget.of(
                checked(request.targetType(), Objects.requireNonNullElse(request.targetValue(), ""), null));
        long id = rules.add(
                actor,
                projects.one(actor, request.project()).id(),
                rule,
                !Boolean.FALSE.equals(request.enabled()),
                List.of(target));
        return get(id, actor);
    }

    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/alert-rules/{id}")
    ProgramAlertRule get(@PathVariable long id, Actor actor) {
        return ProgramAlertRule.of(rules.one(actor, id));
    }

    /** Changes an alert rule. */
    @Allowed(Scope.ALERTS_WRITE)
    @PatchMapping("/api/alert-rules/{id}")
    ProgramAlertRule change(@PathVariable long id, @Valid @RequestBody ProgramAlertRuleChange request, Actor actor) {
        StoredAlertRule before = rules.one(actor, id);
        AlertRule rule = ProgramAlertRule.withThreshold(
                ProgramAlertRule.renamed(before.rule(), request.name(), request.notifyIntervalMinutes()),
                request.thresholdCount(),
                request.thresholdWindowMinutes());
        if (request.level() != null) {
            rule = ProgramAlertRule.withLevel(
                    rule,
                    request.level().isNull() ? null : level(request.level().asString("")));
        }
        rules.replace(
                actor,
                before,
                before.revision(),
                rule,
                request.enabled() == null ? before.enabled() : request.enabled(),
                targets(before, request));
        return get(id, actor);
    }

    /** Removes an alert rule. */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping("/api/alert-rules/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        rules.remove(actor, rules.one(actor, id));
    }

    private List<StoredAlertTarget> targets(StoredAlertRule before, ProgramAlertRuleChange request) {
        if (request.targetType() == null && request.targetValue() == null) {
            return before.targets();
        }
        List<StoredAlertTarget> changed = new ArrayList<>(before.targets());
        StoredAlertTarget first = changed.isEmpty() ? null : changed.removeFirst();
        if (first == null && request.targetType() == null) {
            throw ApiException.invalid("target_type", "must not be null, as the rule has no target");
        }
        String type = request.targetType() == null && first != null
                ? first.target().type().wireName()
                : Objects.requireNonNullElse(request.targetType(), "");
        String value = request.targetValue() == null && first != null
                ? first.target().value()
                : Objects.requireNonNullElse(request.targetValue(), "");
        changed.addFirst(new StoredAlertTarget(
                first == null ? 0 : first.id(), checked(type, value, first == null ? null : first.target())));
        return changed;
    }

    private AlertTarget checked(String type, String value, @Nullable AlertTarget before) {
        var target = new AlertTarget(
                AlertTargets.type("target_type", type),
                value.strip(),
                before == null ? null : before.subject(),
                before == null ? null : before.body(),
                before == null ? null : before.secret());
        targets.check(target, name -> "target_" + name);
        return target;
    }

    private static Level level(String word) {
        return Level.parse(word)
                .orElseThrow(() -> ApiException.invalid(
                        "level", "'%s' (expected: fatal, error, warning, info, debug)".formatted(word)));
    }
}
