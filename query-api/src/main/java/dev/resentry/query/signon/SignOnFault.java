package dev.resentry.query.signon;

import java.util.Locale;

/** Why a sign-on let nobody in. The words stand in the address of the login page, which says what they mean. */
enum SignOnFault {
    /** The provider said no, or the user did. */
    REFUSED,
    /** Nothing is known of this attempt: it took too long, or began in another browser. */
    EXPIRED,
    /** The provider does not answer, or not as one does. */
    UNAVAILABLE,
    /** What the provider answered proves nothing. */
    INVALID,
    /** The provider does not vouch for an e-mail. */
    EMAIL_UNVERIFIED,
    /** There is no such user, and none is made. */
    NO_ACCOUNT,
    /** The account with this e-mail belongs to somebody else at the provider. */
    OTHER_IDENTITY,
    /** The account is switched off. */
    INACTIVE,
    /** The provider gives the user no role that means anything here. */
    NO_ROLE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
