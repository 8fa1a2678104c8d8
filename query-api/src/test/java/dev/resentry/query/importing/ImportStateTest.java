package dev.resentry.query.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.importing.ImportState.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An import goes through all issues of a project twice, page by page, and on to the next project. */
class ImportStateTest {
    private static final ImportState BEGIN = ImportState.atBegin(
            List.of(new Found("1", "shop", "Shop", null), new Found("2", "till", "Till", "java")), ImportSums.NONE);

    @Test
    void readsEventsOfAllIssuesBeforeWhatPeopleDid() {
        ImportState second = BEGIN.at("7").behindIssue(ImportSums.NONE).next("a");
        ImportState people = second.at("8").behindIssue(ImportSums.NONE).next(null);
        ImportState nextProject = people.next(null);

        assertThat(second.cursor()).isEqualTo("a");
        assertThat(people.eventsRead()).isTrue();
        assertThat(people.cursor()).isNull();
        assertThat(nextProject.project()).isEqualTo(1);
        assertThat(nextProject.eventsRead()).isFalse();
        assertThat(nextProject.next(null).next(null).isDone()).isTrue();
    }

    @Test
    void endsAListWhoseServerNamesTheSamePlaceAgain() {
        ImportState there = BEGIN.next("a");

        assertThat(there.next("a").eventsRead()).isTrue();
    }

    @Test
    void goesOnBehindAPageOfEventsOfTheSameIssueOnly() {
        ImportState within = BEGIN.at("7").behindEvents("b", 25, ImportSums.NONE);

        assertThat(within.at("7")).isEqualTo(within);
        ImportState another = within.at("8");
        assertThat(another.eventCursor()).isNull();
        assertThat(another.eventsOfIssue()).isZero();
        assertThat(within.next(null).eventCursor()).as("the issue is no more").isNull();
    }

    @Test
    void waitsForOneIssueOnly() {
        ImportState waiting = BEGIN.at("7").waiting().waiting();

        assertThat(waiting.at("7").waits()).isEqualTo(2);
        assertThat(waiting.at("8").waits()).isZero();
        assertThat(waiting.behindIssue(ImportSums.NONE).waits()).isZero();
    }

    @Test
    void asksForShorterPagesOfTheSameIssueOnly() {
        ImportState shorter =
                BEGIN.at("7").behindEvents("b", 1, ImportSums.NONE).withPagesOf(3);

        assertThat(shorter.eventCursor()).isEqualTo("b");
        assertThat(shorter.behindEvents("c", 3, ImportSums.NONE).eventsPerPage())
                .isEqualTo(3);
        assertThat(shorter.at("8").eventsPerPage()).isNull();
    }

    @Test
    void isReadAsAReleaseBeforeHasNotedIt() {
        ImportState state = ImportState.of("""
                {"projects": [], "project": 0, "cursor": null, "eventsRead": true, "issue": "7", "eventCursor": null,
                 "eventsOfIssue": 0, "waits": 2, "failure": null, "sums": {"projects": 1, "events": 4}}
                """);

        assertThat(state.eventsPerPage()).isNull();
        assertThat(state.sums()).isEqualTo(ImportSums.ofProject(true).plus(ImportSums.ofEvents(false, 4, 0)));
    }

    @Test
    void isReadAsItWasNoted() {
        ImportState state = BEGIN.at("7")
                .behindEvents("b", 25, ImportSums.ofEvents(true, 20, 5))
                .failed("no answer");

        assertThat(ImportState.of(state.json())).isEqualTo(state);
    }
}
