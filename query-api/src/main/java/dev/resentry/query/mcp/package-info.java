/** What agents call: tools of the Model Context Protocol at {@code /mcp}, each thin over the feature of its name. */
@NullMarked
package dev.resentry.query.mcp;

import org.jspecify.annotations.NullMarked;
