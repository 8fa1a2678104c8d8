/** What state an issue is in, and what events, time and people make of it. */
@NullMarked
package dev.resentry.model.issue.state;

import org.jspecify.annotations.NullMarked;
