package dev.resentry.query.access;

import dev.resentry.query.error.ApiException;

/** What somebody has to do before anything else. */
public enum Duty {
    NONE,
    /** Somebody else has seen the password. */
    NEW_PASSWORD,
    /** The organization requires one of whoever logs in with a password. */
    SECOND_FACTOR;

    /**
     * Refuses what has to wait.
     *
     * @throws ApiException forbidden, with what is to be done first
     */
    public void requireNone() {
        switch (this) {
            case NONE -> {}
            case NEW_PASSWORD ->
                throw ApiException.forbidden("The password has to be changed first: PUT /api/v1/account/password");
            case SECOND_FACTOR ->
                throw ApiException.forbidden(
                        "A second factor has to be set up first, which the organization requires: POST /api/v1/account/second-factor, or log in to the web UI");
        }
    }
}
