/** Forms as crash reporters and browsers send them. */
@NullMarked
package dev.resentry.model.form;

import org.jspecify.annotations.NullMarked;
