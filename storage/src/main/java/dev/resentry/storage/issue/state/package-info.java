/** The states of issues, and what events, time and people make of them. */
@NullMarked
package dev.resentry.storage.issue.state;

import org.jspecify.annotations.NullMarked;
