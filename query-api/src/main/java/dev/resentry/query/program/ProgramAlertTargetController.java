package dev.resentry.query.program;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.alert.AlertRuleChanges;
import dev.resentry.query.alert.AlertTargets;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.alert.StoredAlertTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Whom alert rules tell, in a flat form (features, M9). */
@NativeApi
@Tag(name = "Alerts for programs")
class ProgramAlertTargetController {
    private final AlertRuleChanges rules;
    private final AlertTargets targets;

    ProgramAlertTargetController(AlertRuleChanges rules, AlertTargets targets) {
        this.rules = rules;
        this.targets = targets;
    }

    /**
     * Whom a rule tells.
     *
     * @param targetValue an address, a URL, or the id of a user or team; empty for the assignee
     * @param subjectTemplate null for the usual subject
     * @param bodyTemplate null for the usual text
     * @param hasSecret whether what is posted is signed; the secret is not shown
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ProgramAlertTarget")
    record ProgramAlertTarget(
            long id,
            @WordOf(TargetType.class) String targetType,
            String targetValue,
            @Nullable String subjectTemplate,
            @Nullable String bodyTemplate,
            boolean hasSecret) {
        static ProgramAlertTarget of(StoredAlertTarget stored) {
            AlertTarget target = stored.target();
            return new ProgramAlertTarget(
                    stored.id(),
                    target.type().wireName(),
                    target.value(),
                    target.subject(),
                    target.body(),
                    target.secret() != null);
        }
    }

    /**
     * Somebody whom a rule is to tell too.
     *
     * @param targetValue absent for the assignee
     * @param subjectTemplate absent for the usual subject
     * @param bodyTemplate absent for the usual text
     * @param secret by which what is posted is signed; absent for none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record NewProgramAlertTarget(
            @NotNull @WordOf(TargetType.class) String targetType,
            @Nullable @Size(max = AlertTarget.MAX_VALUE) String targetValue,
            @Nullable @Size(max = AlertTarget.MAX_SUBJECT) String subjectTemplate,
            @Nullable @Size(max = AlertTarget.MAX_BODY) String bodyTemplate,
            @Nullable @Size(max = AlertTargets.MAX_SECRET) String secret) {

        /** Without the secret, which belongs into no log. */
        @Override
        public String toString() {
            return "NewProgramAlertTarget[%s %s]".formatted(targetType, targetValue);
        }
    }

    /**
     * What is absent stays as it is.
     *
     * @param subjectTemplate empty for the usual subject
     * @param bodyTemplate empty for the usual text
     * @param secret empty for none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProgramAlertTargetChange(
            @Nullable @WordOf(TargetType.class) String targetType,
            @Nullable @Size(max = AlertTarget.MAX_VALUE) String targetValue,
            @Nullable @Size(max = AlertTarget.MAX_SUBJECT) String subjectTemplate,
            @Nullable @Size(max = AlertTarget.MAX_BODY) String bodyTemplate,
            @Nullable @Size(max = AlertTargets.MAX_SECRET) String secret) {

        /** Without the secret, which belongs into no log. */
        @Override
        public String toString() {
            return "ProgramAlertTargetChange[%s %s]".formatted(targetType, targetValue);
        }
    }

    /** Lists whom a rule tells. */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/alert-rules/{id}/targets")
    PageResponse<ProgramAlertTarget> list(@PathVariable long id, Actor actor) {
        return new PageResponse<>(
                rules.one(actor, id).targets().stream()
                        .map(ProgramAlertTarget::of)
                        .toList(),
                null);
    }

    /** Has a rule tell somebody more. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/alert-rules/{id}/targets")
    @ResponseStatus(HttpStatus.CREATED)
    ProgramAlertTarget add(@PathVariable long id, @Valid @RequestBody NewProgramAlertTarget request, Actor actor) {
        StoredAlertRule before = rules.one(actor, id);
        AlertTarget target = checked(new AlertTarget(
                AlertTargets.type("target_type", request.targetType()),
                Objects.requireNonNullElse(request.targetValue(), "").strip(),
                AlertTargets.given(request.subjectTemplate()),
                AlertTargets.given(request.bodyTemplate()),
                AlertTargets.given(request.secret())));
        List<StoredAlertTarget> all = new ArrayList<>(before.targets());
        all.add(StoredAlertTarget.of(target));
        replace(actor, before, all);
        return ProgramAlertTarget.of(rules.one(actor, id).targets().getLast());
    }

    /** Changes one of those whom a rule tells. */
    @Allowed(Scope.ALERTS_WRITE)
    @PatchMapping("/api/alert-rules/{id}/targets/{target}")
    ProgramAlertTarget change(
            @PathVariable long id,
            @PathVariable long target,
            @Valid @RequestBody ProgramAlertTargetChange request,
            Actor actor) {
        StoredAlertRule rule = rules.one(actor, id);
        AlertTarget before = one(rule, target).target();
        AlertTarget after = checked(new AlertTarget(
                request.targetType() == null ? before.type() : AlertTargets.type("target_type", request.targetType()),
                request.targetValue() == null
                        ? before.value()
                        : request.targetValue().strip(),
                changed(before.subject(), request.subjectTemplate()),
                changed(before.body(), request.bodyTemplate()),
                changed(before.secret(), request.secret())));
        replace(
                actor,
                rule,
                rule.targets().stream()
                        .map(one -> one.id() == target ? new StoredAlertTarget(target, after) : one)
                        .toList());
        return ProgramAlertTarget.of(one(rules.one(actor, id), target));
    }

    /** Has a rule tell somebody no more; one that is on keeps one at least. */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping("/api/alert-rules/{id}/targets/{target}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, @PathVariable long target, Actor actor) {
        StoredAlertRule rule = rules.one(actor, id);
        StoredAlertTarget gone = one(rule, target);
        replace(
                actor,
                rule,
                rule.targets().stream().filter(one -> one.id() != gone.id()).toList());
    }

    private void replace(Actor actor, StoredAlertRule rule, List<StoredAlertTarget> all) {
        rules.replace(actor, rule, rule.revision(), rule.rule(), rule.enabled(), all);
    }

    private AlertTarget checked(AlertTarget target) {
        targets.check(target, name -> name.equals("value") ? "target_value" : name + "_template");
        return target;
    }

    private static StoredAlertTarget one(StoredAlertRule rule, long id) {
        return rule.targets().stream()
                .filter(target -> target.id() == id)
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("target", id));
    }

    private static @Nullable String changed(@Nullable String before, @Nullable String requested) {
        return requested == null ? before : AlertTargets.given(requested);
    }
}
