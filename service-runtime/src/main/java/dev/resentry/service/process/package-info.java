/** What a process tells people of itself. */
@NullMarked
package dev.resentry.service.process;

import org.jspecify.annotations.NullMarked;
