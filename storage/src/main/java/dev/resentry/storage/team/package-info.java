/** Teams, their members and their projects. */
@NullMarked
package dev.resentry.storage.team;

import org.jspecify.annotations.NullMarked;
