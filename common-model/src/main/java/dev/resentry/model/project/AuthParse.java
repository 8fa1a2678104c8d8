package dev.resentry.model.project;

/** What a header or a query says about credentials. */
public sealed interface AuthParse {

    /** It holds credentials. */
    record Found(Credentials credentials) implements AuthParse {}

    /** It is not meant as a credential: another scheme, or nothing there. */
    record Absent() implements AuthParse {}

    /** It is meant as one and is broken; the cause names the field. */
    record Invalid(String cause) implements AuthParse {}

    /** The key in it is none; the cause says why. */
    record BadKey(String cause) implements AuthParse {}

    /** Credentials of an unsupported protocol version. */
    record UnsupportedVersion(String version) implements AuthParse {}
}
