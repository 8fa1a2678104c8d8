package dev.resentry.processing.scrub.key;

/** What a field's name says of its value. */
public enum KeyVerdict {
    /** Nothing. */
    PLAIN,
    /** It is a secret, whatever it looks like. */
    SECRET,
    /** A number is a count, as of the tokens of a language model; anything else is a secret. */
    COUNT,
    /** Cookies, of which some are secrets. */
    COOKIES,
    /** The project wants it left as it is. */
    SAFE
}
