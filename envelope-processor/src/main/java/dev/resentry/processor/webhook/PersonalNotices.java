package dev.resentry.processor.webhook;

import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.NewDelivery;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.notification.ConcernedPeople;
import dev.resentry.storage.notification.ConcernedPeople.About;
import dev.resentry.storage.notification.ConcernedPeople.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Mails to people whom something concerns; each gets one of one happening. */
final class PersonalNotices {
    private final ConcernedPeople people;
    private final WebhookLinks links;

    PersonalNotices(ConcernedPeople people, WebhookLinks links) {
        this.people = people;
        this.links = links;
    }

    List<NewDelivery> of(Happening what) {
        StoredIssue issue = what.issue();
        if (issue == null) {
            return List.of();
        }
        var about = new About(issue.projectId(), issue.id(), what.by());
        var notices = new Notices(what, issue);
        switch (what.event()) {
            case ISSUE_ASSIGNED -> {
                // Who has it now is looked up; when it went on meanwhile, that is told by its own record.
                if (what.data().path("to").path("id").asLong(0)
                        == (issue.assignee() == null ? -1 : issue.assignee().id())) {
                    notices.add(people.assignee(about), "assigned to you", who(what) + " assigned this issue to you.");
                }
            }
            case ISSUE_REGRESSED ->
                notices.add(
                        people.ofRegression(about), "happened again", "This issue was resolved and happened again.");
            case COMMENT_CREATED -> {
                notices.add(
                        people.mentioned(what.comment(), about),
                        "you were mentioned",
                        who(what) + " mentioned you:\n\n" + what.comment());
                notices.add(people.ofComment(about), "new comment", who(what) + " commented:\n\n" + what.comment());
            }
            case ISSUE_CREATED,
                    ISSUE_RESOLVED,
                    ISSUE_UNRESOLVED,
                    ISSUE_IGNORED,
                    ALERT_FIRED,
                    RELEASE_CREATED,
                    DEPLOYMENT_CREATED -> {}
        }
        return notices.added;
    }

    private static String who(Happening what) {
        String by = what.by();
        if (what.entry() != null) {
            return what.entry().actorName();
        }
        return by == null ? "Somebody" : by;
    }

    /** The mails of one happening. */
    private final class Notices {
        private final Happening what;
        private final StoredIssue issue;
        private final Set<Long> told = new HashSet<>();
        private final List<NewDelivery> added = new ArrayList<>();

        Notices(Happening what, StoredIssue issue) {
            this.what = what;
            this.issue = issue;
        }

        void add(List<Person> concerned, String note, String text) {
            for (Person person : concerned) {
                if (told.add(person.id())) {
                    added.add(new NewDelivery(
                            DeliveryKind.NOTICE,
                            TargetType.EMAIL,
                            person.email(),
                            null,
                            "notice/%d/%s"
                                    .formatted(
                                            person.id(), what.record().origin().id()),
                            issue.projectId(),
                            issue.id(),
                            null,
                            null,
                            null,
                            content(note, text)));
                }
            }
        }

        private ObjectNode content(String note, String text) {
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            content.put("subject", "[%s] %s (%s)".formatted(issue.shortId(), issue.title(), note))
                    .put(
                            "text",
                            "%s\n\n%s\n%s"
                                    .formatted(text, issue.title(), issue.culprit() == null ? "" : issue.culprit()))
                    .put("color_level", issue.level())
                    .put("thread", "issue-" + issue.id())
                    .put("unsubscribe", links.notificationSettings());
            content.putObject("link")
                    .put("url", links.issue(issue.id()))
                    .put("title", issue.shortId() + " " + issue.title());
            return content;
        }
    }
}
