package dev.resentry.query.alert;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.processing.alert.AlertTemplate;
import dev.resentry.processing.alert.AlertValues;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.alert.Recipients;
import dev.resentry.storage.alert.Recipients.About;
import dev.resentry.storage.alert.Recipients.Recipient;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.alert.StoredAlertTarget;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.NewDelivery;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a rule what its targets are told when somebody wants to know whether they can be told. */
final class TestDeliveries {
    private final ShownValues shown;
    private final UserStore users;
    private final Recipients recipients;
    private final InstantSource clock;

    TestDeliveries(ShownValues shown, UserStore users, Recipients recipients, InstantSource clock) {
        this.shown = shown;
        this.users = users;
        this.recipients = recipients;
        this.clock = clock;
    }

    /** One for each address and URL; what goes to the assignee of an issue goes to the actor. */
    List<NewDelivery> of(Actor actor, StoredAlertRule rule) {
        var project = new AlertValues.Project(
                rule.project().id(), rule.project().slug(), rule.project().name());
        Map<String, String> values =
                shown.of(project, rule.id(), rule.rule().name(), null).values();
        List<NewDelivery> deliveries = new ArrayList<>();
        for (StoredAlertTarget stored : rule.targets()) {
            AlertTarget target = stored.target();
            ObjectNode content = content(rule, target, values);
            for (String address : addresses(actor, rule, target)) {
                deliveries.add(new NewDelivery(
                        DeliveryKind.TEST,
                        target.type().isUrl() ? target.type() : TargetType.EMAIL,
                        address,
                        target.secret(),
                        null,
                        rule.project().id(),
                        null,
                        rule.id(),
                        null,
                        null,
                        content));
            }
        }
        if (deliveries.isEmpty()) {
            throw ApiException.invalid("targets", "nobody (expected: somebody whom the rule tells)");
        }
        return deliveries;
    }

    /** People are told what they would be told: what they may not see, or do not want, they are not. */
    private List<String> addresses(Actor actor, StoredAlertRule rule, AlertTarget target) {
        return switch (target.type()) {
            case EMAIL, WEBHOOK, SENTRY_WEBHOOK, SENTRY_PLUGIN, SLACK, MATTERMOST, DISCORD, MS_TEAMS ->
                List.of(target.value());
            case USER, TEAM ->
                recipients
                        .of(
                                target,
                                new About(rule.project().id(), rule.id(), 0, null, rule.createdBy(), clock.instant()))
                        .stream()
                        .map(Recipient::email)
                        .toList();
            case ASSIGNEE -> email(users.find(actor.userId()));
        };
    }

    private static List<String> email(Optional<User> user) {
        return user.filter(User::active).map(User::email).stream().toList();
    }

    private ObjectNode content(StoredAlertRule rule, AlertTarget target, Map<String, String> values) {
        String name = rule.rule().name();
        String url = shown.ruleUrl(rule.id());
        String subject = "Test of alert rule %s: %s"
                .formatted(name, line(target.subject(), values.getOrDefault("issue.title", ""), values));
        String text = text(
                target.body(), "If this arrives, alert rule \"%s\" can tell you.\n\n%s".formatted(name, url), values);
        ObjectNode content = JsonMapper.shared().createObjectNode();
        content.put("subject", subject).put("text", text).put("color_level", "info");
        content.putObject("link").put("url", url).put("title", name);
        content.putObject("lean")
                .put("type", "test")
                .put("subject", subject)
                .put("text", text)
                .putObject("rule")
                .put("id", rule.id())
                .put("name", name)
                .put("url", url);
        ObjectNode sentry =
                content.putObject("sentry").put("resource", "event_alert").put("action", "triggered");
        ObjectNode data = sentry.putObject("data").put("triggered_rule", name);
        data.putObject("event")
                .put("title", subject)
                .put("message", text)
                .put("web_url", url)
                .put("issue_id", "0");
        sentry.putObject("actor").put("type", "application").put("id", "sentry").put("name", "Resentry");
        content.putObject("plugin")
                .put("project", rule.project().slug())
                .put("project_name", rule.project().name())
                .put("project_slug", rule.project().slug())
                .put("level", "info")
                .put("message", subject)
                .put("url", url)
                .putArray("triggering_rules")
                .add(name);
        return content;
    }

    private static String line(@Nullable String template, String usual, Map<String, String> values) {
        return template == null ? usual : AlertTemplate.parse(template).renderLine(values);
    }

    private static String text(@Nullable String template, String usual, Map<String, String> values) {
        return template == null ? usual : AlertTemplate.parse(template).render(values);
    }
}
