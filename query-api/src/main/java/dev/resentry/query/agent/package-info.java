/** Issues for programs that read them to mend a fault: one bounded text of all that is known, in which what events say is fenced as data. */
@NullMarked
package dev.resentry.query.agent;

import org.jspecify.annotations.NullMarked;
