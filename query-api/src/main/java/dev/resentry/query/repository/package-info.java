/** Where the code of projects is: repositories, links of frames to lines, and commits that may have brought an issue. */
@NullMarked
package dev.resentry.query.repository;

import org.jspecify.annotations.NullMarked;
