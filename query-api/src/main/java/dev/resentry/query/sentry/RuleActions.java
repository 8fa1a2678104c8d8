package dev.resentry.query.sentry;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.query.alert.AlertTargets;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.alert.StoredAlertTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the actions of rules, which are whom they tell. */
final class RuleActions {
    private final AlertTargets targets;

    RuleActions(AlertTargets targets) {
        this.targets = targets;
    }

    /**
     * Whom an action means.
     *
     * @param value null if that is to stay what it is
     * @param field what the address is called there
     */
    private record Wanted(TargetType type, @Nullable String value, String field) {}

    /** The actions of a rule of issues. */
    List<StoredAlertTarget> ofIssues(List<JsonFields> actions, List<StoredAlertTarget> known) {
        return read(actions, known, "uuid", RuleActions::wanted);
    }

    /** The actions of a trigger of metrics. */
    List<StoredAlertTarget> ofMetrics(List<JsonFields> actions, List<StoredAlertTarget> known) {
        return read(actions, known, "id", RuleActions::ofTrigger);
    }

    /**
     * Actions that say which one of the rule they are, or say the same, stay what they are: their address and templates are kept.
     *
     * @param id by which field an action says it
     */
    private List<StoredAlertTarget> read(
            List<JsonFields> actions, List<StoredAlertTarget> known, String id, Function<JsonFields, Wanted> reader) {
        if (actions.isEmpty()) {
            String needed = "You must add an action for this alert to fire.";
            throw ApiException.invalid("actions", needed, Map.of("actions", List.of(needed)));
        }
        if (actions.size() > AlertTargets.MOST) {
            throw ApiException.invalid(
                    "actions", "%d of them (expected: %d at most)".formatted(actions.size(), AlertTargets.MOST));
        }
        List<StoredAlertTarget> left = new ArrayList<>(known);
        List<StoredAlertTarget> read = new ArrayList<>();
        for (JsonFields action : actions) {
            Wanted wanted = reader.apply(action);
            String named = action.optionalText(id);
            List<StoredAlertTarget> ofType = left.stream()
                    .filter(one -> one.target().type() == wanted.type())
                    .toList();
            StoredAlertTarget before = ofType.stream()
                    .filter(one -> String.valueOf(one.id()).equals(named))
                    .findFirst()
                    .or(() -> ofType.stream()
                            .filter(one -> one.target().value().equals(wanted.value()))
                            .findFirst())
                    .orElse(null);
            String value = wanted.value();
            if (value == null && before == null) {
                throw action.wrong(wanted.field(), "the address to tell");
            }
            AlertTarget target = before == null
                    ? new AlertTarget(wanted.type(), value == null ? "" : value, null, null, null)
                    : new AlertTarget(
                            wanted.type(),
                            value == null ? before.target().value() : value,
                            before.target().subject(),
                            before.target().body(),
                            before.target().secret());
            targets.check(target, part -> action.name(part.equals("value") ? wanted.field() : part));
            read.add(new StoredAlertTarget(before == null ? 0 : before.id(), target));
            if (before != null) {
                left.remove(before);
            }
        }
        return read;
    }

    private static Wanted wanted(JsonFields action) {
        String id = action.text("id", "the id of an action");
        return switch (id) {
            case RuleNodeIds.MAIL -> mail(action);
            case RuleNodeIds.SERVICE -> {
                if (!"webhooks".equals(action.optionalText("service"))) {
                    throw action.wrong("service", "webhooks");
                }
                yield new Wanted(TargetType.SENTRY_PLUGIN, given(action, "value"), "value");
            }
            case String ours
            when ours.startsWith(RuleNodeIds.ACTION) -> {
                TargetType type = AlertTargets.type(action.name("id"), ours.substring(RuleNodeIds.ACTION.length()));
                yield new Wanted(type, type == TargetType.ASSIGNEE ? "" : given(action, "value"), "value");
            }
            default ->
                throw action.wrong(
                        "id",
                        ("%s, %s with service webhooks, or %s and one of email, webhook, sentry_webhook, slack, mattermost,"
                                        + " discord, ms_teams, with its address as value")
                                .formatted(RuleNodeIds.MAIL, RuleNodeIds.SERVICE, RuleNodeIds.ACTION));
        };
    }

    private static Wanted mail(JsonFields action) {
        return switch (action.word("targetType", "", List.of("IssueOwners", "Team", "Member"))) {
            case "IssueOwners" -> {
                String usual = RuleNodes.FALLTHROUGH;
                if (!action.word("fallthroughType", usual, List.of(usual, "AllMembers", "NoOne"))
                        .equals(usual)) {
                    throw action.wrong(
                            "fallthroughType",
                            "%s; without an assignee the members of the project's teams are told".formatted(usual));
                }
                yield new Wanted(TargetType.ASSIGNEE, "", "targetIdentifier");
            }
            case "Team" -> new Wanted(TargetType.TEAM, identifier(action), "targetIdentifier");
            case "Member" -> new Wanted(TargetType.USER, identifier(action), "targetIdentifier");
            default -> throw action.wrong("targetType", "IssueOwners, Team or Member");
        };
    }

    private static Wanted ofTrigger(JsonFields action) {
        String word = action.text("type", "email, webhook, slack or the like");
        if (!word.equals("email")) {
            return new Wanted(
                    AlertTargets.type(action.name("type"), word),
                    given(action, "targetIdentifier"),
                    "targetIdentifier");
        }
        return switch (action.word("targetType", "", List.of("user", "team", "specific", "assignee"))) {
            case "user" -> new Wanted(TargetType.USER, identifier(action), "targetIdentifier");
            case "team" -> new Wanted(TargetType.TEAM, identifier(action), "targetIdentifier");
            case "specific" -> new Wanted(TargetType.EMAIL, identifier(action), "targetIdentifier");
            case "assignee" -> new Wanted(TargetType.ASSIGNEE, "", "targetIdentifier");
            default -> throw action.wrong("targetType", "user, team or specific");
        };
    }

    private static String identifier(JsonFields action) {
        return action.text("targetIdentifier", "the id of whom to tell");
    }

    private static @Nullable String given(JsonFields action, String field) {
        String value = action.optionalText(field);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
