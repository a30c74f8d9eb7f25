/** Reads users and groups, page by page. */
@NullMarked
package dev.keysmith.okta.directory;

import org.jspecify.annotations.NullMarked;
