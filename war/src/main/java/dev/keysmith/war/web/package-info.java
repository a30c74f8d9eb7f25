/** What holds for each request: security headers, size limits. */
@NullMarked
package dev.keysmith.war.web;

import org.jspecify.annotations.NullMarked;
