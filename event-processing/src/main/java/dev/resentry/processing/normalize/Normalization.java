package dev.resentry.processing.normalize;

/**
 * What became of something that has fields it cannot do without.
 *
 * @param <T> what is made of it
 */
public sealed interface Normalization<T> {

    /** It has all it needs. */
    record Valid<T>(T value) implements Normalization<T> {}

    /** It has not; the cause names the field, what it holds and what was expected. */
    record Invalid<T>(String cause) implements Normalization<T> {}
}
