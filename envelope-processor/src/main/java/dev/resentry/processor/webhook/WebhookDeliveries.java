package dev.resentry.processor.webhook;

import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.DataChange;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.NewDelivery;
import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.webhook.Webhook;
import dev.resentry.storage.webhook.WebhookEvent;
import dev.resentry.storage.webhook.WebhookStore;
import dev.resentry.storage.webhook.WebhookSubjects;
import dev.resentry.storage.webhook.WebhookSubjects.NamedProject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Makes deliveries of what happened: one for each webhook that has subscribed to it and each person whom it concerns. */
final class WebhookDeliveries {
    private static final Duration NOTICED_WITHIN = Duration.ofHours(1);

    private final WebhookStore webhooks;
    private final WebhookSubjects subjects;
    private final WebhookContent content;
    private final PersonalNotices notices;
    private final DeliveryOutbox outbox;
    private final InstantSource clock;

    WebhookDeliveries(
            WebhookStore webhooks,
            WebhookSubjects subjects,
            WebhookContent content,
            PersonalNotices notices,
            DeliveryOutbox outbox,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.subjects = subjects;
        this.content = content;
        this.notices = notices;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Adds what is to be sent of some records; what was added before is not added again. */
    void add(List<ProcessedRecord> records) {
        Set<Long> projects = records.stream()
                .map(record -> record.origin().projectId().value())
                .collect(Collectors.toUnmodifiableSet());
        List<Webhook> subscribed = webhooks.subscribed(projects);
        List<NewDelivery> deliveries = new ArrayList<>();
        for (ProcessedRecord record : records) {
            happening(record).ifPresent(what -> {
                deliveries.addAll(told(what, subscribed));
                if (isFresh(record)) {
                    deliveries.addAll(notices.of(what));
                }
            });
        }
        outbox.add(deliveries);
    }

    /** Webhooks are told nothing of before they were made; people have no such time, and want no mail about what is long past. */
    private boolean isFresh(ProcessedRecord record) {
        return record.origin().at().isAfter(clock.instant().minus(NOTICED_WITHIN));
    }

    /** Empty if it is nothing that anybody is told of, or what it is about is gone. */
    private Optional<Happening> happening(ProcessedRecord record) {
        Optional<NamedProject> project =
                subjects.project(record.origin().projectId().value());
        return project.flatMap(of -> switch (record) {
            case IssueActivity activity -> happening(activity, of);
            case ReleaseActivity release ->
                Optional.of(new Happening(
                        release.step() == ReleaseActivity.Step.CREATED
                                ? WebhookEvent.RELEASE_CREATED
                                : WebhookEvent.DEPLOYMENT_CREATED,
                        release,
                        of,
                        null,
                        null));
            case AlertFired alert ->
                Optional.of(new Happening(
                        WebhookEvent.ALERT_FIRED,
                        alert,
                        of,
                        alert.issueId() == 0
                                ? null
                                : subjects.issue(alert.issueId()).orElse(null),
                        null));
            case ItemStored _, DataChange _ -> Optional.empty();
        });
    }

    private Optional<Happening> happening(IssueActivity activity, NamedProject project) {
        IssueActivityEntry entry = activity.entryId() == null
                ? null
                : subjects.entry(activity.issueId(), activity.entryId()).orElse(null);
        if (entry == null && activity.kind() == IssueActivity.Kind.COMMENTED) {
            return Optional.empty();
        }
        return Happening.eventOf(activity, entry)
                .flatMap(event -> subjects.issue(activity.issueId())
                        .map(issue -> new Happening(event, activity, project, issue, entry)));
    }

    private List<NewDelivery> told(Happening what, List<Webhook> subscribed) {
        List<NewDelivery> told = new ArrayList<>();
        ObjectNode said = null;
        for (Webhook webhook : subscribed) {
            boolean ofProject = webhook.projectId() == null
                    || webhook.projectId() == what.project().id();
            if (ofProject
                    && webhook.events().contains(what.event())
                    && !what.record().origin().at().isBefore(webhook.createdAt())) {
                if (said == null) {
                    said = content.of(what);
                }
                told.add(delivery(webhook, what, said));
            }
        }
        return told;
    }

    private static NewDelivery delivery(Webhook webhook, Happening what, ObjectNode said) {
        StoredIssue issue = what.issue();
        return new NewDelivery(
                DeliveryKind.WEBHOOK,
                webhook.form().target(),
                webhook.url(),
                webhook.secret(),
                "webhook/%d/%s".formatted(webhook.id(), what.record().origin().id()),
                what.project().id(),
                issue == null ? null : issue.id(),
                null,
                null,
                webhook.id(),
                said);
    }
}
