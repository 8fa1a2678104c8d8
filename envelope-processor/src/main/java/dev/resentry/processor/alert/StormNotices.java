package dev.resentry.processor.alert;

import static java.util.stream.Collectors.toCollection;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.alert.AlertFacts;
import dev.resentry.storage.alert.AlertFacts.ProjectFacts;
import dev.resentry.storage.alert.AlertStorms;
import dev.resentry.storage.alert.AlertStorms.Share;
import dev.resentry.storage.alert.AlertStorms.Storm;
import dev.resentry.storage.alert.AlertStorms.Untold;
import dev.resentry.storage.alert.Recipients.About;
import dev.resentry.storage.alert.StoredAlertRules.Rule;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.NewDelivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is sent of many new issues at once: one message to each address of the rules that fired. */
final class StormNotices implements AlertStorms.Summary {
    private static final int NAMED_ISSUES = 20;

    private final AlertRules rules;
    private final AlertFacts facts;
    private final AlertNotices notices;
    private final AlertLinks links;

    StormNotices(AlertRules rules, AlertFacts facts, AlertNotices notices, AlertLinks links) {
        this.rules = rules;
        this.facts = facts;
        this.notices = notices;
        this.links = links;
    }

    @Override
    public List<NewDelivery> of(Storm storm) {
        Optional<ProjectFacts> project = facts.project(storm.projectId());
        if (project.isEmpty() || storm.firings().isEmpty()) {
            return List.of();
        }
        ObjectNode content = content(storm, project.get());
        Set<Long> ruleIds = storm.firings().stream().map(Untold::ruleId).collect(toCollection(TreeSet::new));
        List<NewDelivery> deliveries = new ArrayList<>();
        Set<String> addressed = new HashSet<>();
        for (long ruleId : ruleIds) {
            rules.find(storm.projectId(), ruleId).ifPresent(rule -> add(deliveries, addressed, storm, rule, content));
        }
        return deliveries;
    }

    private void add(List<NewDelivery> deliveries, Set<String> addressed, Storm storm, Rule rule, ObjectNode content) {
        var about = new About(
                storm.projectId(),
                rule.id(),
                0,
                null,
                rule.createdBy(),
                storm.beganAt().plus(AlertStorms.WITHIN));
        for (AlertTarget target : rule.targets()) {
            TargetType type = target.type().isUrl() ? target.type() : TargetType.EMAIL;
            for (String address : notices.addresses(target, about)) {
                if (addressed.add(type + " " + address)) {
                    deliveries.add(new NewDelivery(
                            DeliveryKind.SUMMARY,
                            type,
                            address,
                            target.secret(),
                            "%s/%s/%s".formatted(storm.dedupKey(), type.wireName(), address),
                            storm.projectId(),
                            null,
                            rule.id(),
                            null,
                            null,
                            content));
                }
            }
        }
    }

    private ObjectNode content(Storm storm, ProjectFacts project) {
        long issues = storm.firings().stream().map(Untold::issueId).distinct().count();
        String subject = "%s: %d more new issues within %d minutes"
                .formatted(project.name(), issues, AlertStorms.WITHIN.toMinutes());
        ObjectNode content = JsonMapper.shared().createObjectNode();
        content.put("subject", subject).put("text", text(storm, project, subject));
        content.putObject("link").put("url", links.issuesOf(project.id())).put("title", project.name());
        content.put("color_level", "error").put("thread", storm.dedupKey().replace('/', '-'));
        ArrayNode fields = content.putArray("fields");
        storm.culprits().stream().limit(3).forEach(share -> field(fields, "Culprit", share));
        storm.releases().stream().limit(3).forEach(share -> field(fields, "Release", share));
        ObjectNode lean = content.putObject("lean").put("type", "summary").put("issues", issues);
        lean.put("began_at", storm.beganAt().toString()).put("url", links.issuesOf(project.id()));
        lean.putObject("project")
                .put("id", project.id())
                .put("slug", project.slug())
                .put("name", project.name());
        shares(lean.putArray("culprits"), storm.culprits());
        shares(lean.putArray("releases"), storm.releases());
        ObjectNode sentry =
                content.putObject("sentry").put("resource", "event_alert").put("action", "triggered");
        sentry.putObject("data")
                .put("triggered_rule", subject)
                .putObject("event")
                .put("project", project.id())
                .put("title", subject)
                .put("web_url", links.issuesOf(project.id()));
        sentry.putObject("actor").put("type", "application").put("id", "sentry").put("name", "Sentry");
        content.putObject("plugin")
                .put("project", project.slug())
                .put("project_name", project.name())
                .put("project_slug", project.slug())
                .put("level", "error")
                .put("message", subject)
                .put("url", links.issuesOf(project.id()));
        return content;
    }

    private String text(Storm storm, ProjectFacts project, String subject) {
        var text = new StringBuilder(subject).append(". The first ones were told one by one.\n");
        list(text, "Where", storm.culprits());
        list(text, "Releases", storm.releases());
        text.append("\nIssues:\n");
        storm.firings().stream()
                .map(Untold::title)
                .distinct()
                .limit(NAMED_ISSUES)
                .forEach(title -> text.append("- ").append(oneLine(title)).append('\n'));
        return text.append('\n')
                .append(links.issuesOf(project.id()))
                .append('\n')
                .toString();
    }

    private static void list(StringBuilder text, String heading, List<Share> shares) {
        if (!shares.isEmpty()) {
            text.append('\n').append(heading).append(":\n");
            shares.forEach(share -> text.append("- %s (%d)%n".formatted(oneLine(share.name()), share.issues())));
        }
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}", " ");
    }

    private static void field(ArrayNode fields, String name, Share share) {
        fields.addObject().put("name", name).put("value", "%s (%d)".formatted(share.name(), share.issues()));
    }

    private static void shares(ArrayNode array, List<Share> shares) {
        shares.forEach(share -> array.addObject().put("name", share.name()).put("issues", share.issues()));
    }
}
