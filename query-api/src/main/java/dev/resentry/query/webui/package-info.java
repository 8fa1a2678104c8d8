/** The pages that people open, served from the jar of module {@code web-ui} below {@code /ui/}. */
@NullMarked
package dev.resentry.query.webui;

import org.jspecify.annotations.NullMarked;
