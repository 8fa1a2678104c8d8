/** What people say about a program: written by a step of batches, listed with the events and issues that it is about. */
@NullMarked
package dev.resentry.storage.feedback;

import org.jspecify.annotations.NullMarked;
