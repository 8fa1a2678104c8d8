/** Alert rules: when something of an issue or a project is worth telling, and whom. */
@NullMarked
package dev.resentry.model.alert;

import org.jspecify.annotations.NullMarked;
