package dev.resentry.processing.group.message;

/**
 * A part of a message that a reader has recognised.
 *
 * @param length of what was read
 * @param text what stands for it: a mark, or the same text if it is to stay
 */
record Token(int length, String text) {}
