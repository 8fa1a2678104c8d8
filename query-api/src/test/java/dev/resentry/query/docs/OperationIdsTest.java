package dev.resentry.query.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationIdsTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/issues, true, false, listIssues",
        "GET, /api/v1/issues/{id}, false, false, getIssue",
        "PUT, /api/v1/issues/{id}, false, false, updateIssue",
        "PUT, /api/v1/projects/{id}, false, true, replaceProject",
        "PATCH, /api/v1/projects/{id}, false, true, updateProject",
        "POST, /api/v1/projects/{id}/keys, false, false, createProjectKey",
        "DELETE, /api/v1/projects/{id}/keys/{key_id}, false, false, deleteProjectKey",
        "POST, /api/v1/jobs/{id}/pause, false, false, pauseJob",
        "POST, /api/v1/dead-letters/retry, false, false, retryDeadLetters",
        "POST, /api/v1/users/{id}/password-reset, false, false, createUserPasswordReset",
        "POST, /api/v1/session, false, false, createSession",
        "GET, /api/v1/issues/{id}/stats, false, false, getIssueStats",
        "GET, /api/v1/entries, true, false, listEntries",
        "GET, /api/v1/entries/{id}, false, false, getEntry",
        "GET, /api/v1/saved-searches/{id}, false, false, getSavedSearch",
        "GET, /issues, true, false, listIssuesAtRoot",
        "GET, /api/events/{id}, false, false, getEventAtApi"
    })
    void namesAnOperationAfterItsRoute(String method, String path, boolean lists, boolean patched, String id) {
        assertThat(OperationIds.of(method, path, lists, patched)).isEqualTo(id);
    }

    @Test
    void saysANameInWords() {
        assertThat(OperationIds.sentence("listIssueEventsAtRoot")).isEqualTo("List issue events");
    }
}
